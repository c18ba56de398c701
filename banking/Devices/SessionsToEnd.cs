namespace Serverless.Banking.Devices;

/// <param name="Except">The id of the session that goes on: the caller's.</param>
/// <param name="OnlyOfDevice">True: those of the device; false: all of the customer.</param>
public sealed record SessionsToEnd(string? Except = null, bool OnlyOfDevice = false);

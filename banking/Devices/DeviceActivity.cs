using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Something done from a device (PROF-17).</summary>
/// <param name="Operation">The bank's name for it: <c>login</c>, <c>device_trusted</c>, or an operation's id as in the API's document: <c>Transfers_ConfirmOwn</c>.</param>
/// <param name="Place">Null unless the customer lets the app know where the phone is.</param>
public sealed record DeviceActivity(CustomerId Customer, InstallationId Installation, string Id, string Operation, Instant At, Place? Place);

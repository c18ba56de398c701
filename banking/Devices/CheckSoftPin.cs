using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Checks a Soft PIN that was typed elsewhere than on the phone that gave it (AUTH-11).</summary>
/// <remarks>Who lets people try counts the tries: five wrong ones cancel a login (AUTH-22).</remarks>
public sealed class CheckSoftPin
{
    private readonly ChangeDevices change;
    private readonly SoftPinSecrets secrets;

    internal CheckSoftPin(ChangeDevices change, SoftPinSecrets secrets) => (this.change, this.secrets) = (change, secrets);

    /// <summary>Of any of the customer's trusted devices. That the code is used is written before the answer, so of two who try it at once one gets in.</summary>
    /// <returns>The device that gave it. Or, first match: <see cref="SoftPinDisabled"/> (on no device), <see cref="SoftPinExpired"/>, <see cref="SoftPinWrong"/>.</returns>
    public Task<Result<InstallationId>> RunAsync(CustomerId customer, string code, CancellationToken cancellation) =>
        change.RunAsync(customer, (book, _, now) => Decide(book, code, now), cancellation);

    private Result<DeviceDecision<InstallationId>> Decide(DeviceBook book, string code, Instant now)
    {
        var candidates = book.Trusted.Where(device => device.HasSoftPin).Select(device => (Device: device, Step: secrets.Check(device, code, now))).ToList();
        if (candidates.Count == 0)
            return new SoftPinDisabled();
        if (candidates.FirstOrDefault(candidate => candidate.Step.IsSuccess) is not { Device: { } device, Step: var step })
            return candidates.Select(candidate => candidate.Step.Error!).FirstOrDefault(error => error is SoftPinExpired) ?? new SoftPinWrong();
        return new DeviceDecision<InstallationId>(
            device.Id, new DeviceChange(book.Head, [device with { SoftPin = device.SoftPin! with { UsedStep = step.Value } }]));
    }
}

using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Gives the Soft PIN of a trusted device: the current one, or a new one that ends the former (AUTH-09, AUTH-10, AUTH-24).</summary>
public sealed class GiveSoftPin
{
    private readonly ChangeDevices change;
    private readonly DeviceTable table;
    private readonly DeviceChallenges challenges;
    private readonly SoftPinSecrets secrets;

    internal GiveSoftPin(ChangeDevices change, DeviceTable table, DeviceChallenges challenges, SoftPinSecrets secrets) =>
        (this.change, this.table, this.challenges, this.secrets) = (change, table, challenges, secrets);

    /// <param name="isNew">A new secret; the code of the old one is worth nothing from now on. Also made when the current code was used.</param>
    /// <returns>
    /// The code. Or, first match: <see cref="DeviceNotTrusted"/>, <see cref="SoftPinDisabled"/>, the errors of <see cref="DeviceChallenges.CheckAsync"/>.
    /// </returns>
    public async Task<Result<SoftPin>> RunAsync(CustomerId customer, DeviceProof proof, bool isNew, CancellationToken cancellation)
    {
        var device = await table.FindAsync(customer, proof.Installation, cancellation);
        if (Admit(device) is { } refusal)
            return refusal;
        var signed = await challenges.CheckAsync(proof, DevicePurpose.SoftPin, device!.Key, cancellation);
        return signed.IsSuccess
            ? await change.RunAsync(customer, (book, _, now) => Decide(book, proof.Installation, isNew, now), cancellation)
            : signed.Error;
    }

    /// <summary>From the entry screen, without a session: of the customer whom the installation remembers (AUTH-10).</summary>
    /// <returns>As <see cref="RunAsync"/>; <see cref="DeviceNotTrusted"/> also for an installation that nobody knows.</returns>
    public async Task<Result<SoftPin>> BeforeLoginAsync(DeviceProof proof, CancellationToken cancellation) =>
        await table.FindRememberedAsync(proof.Installation, cancellation) is { } customer
            ? await RunAsync(customer, proof, isNew: false, cancellation)
            : new DeviceNotTrusted();

    private Result<DeviceDecision<SoftPin>> Decide(DeviceBook book, InstallationId installation, bool isNew, Instant now)
    {
        var device = book.Find(installation);
        if (Admit(device) is { } refusal)
            return refusal;
        if (!isNew && !SoftPinSecrets.IsUsed(device!.SoftPin!, now))
            return new DeviceDecision<SoftPin>(secrets.Current(device, now));
        var renewed = device! with { SoftPin = secrets.New(book.Customer, installation) };
        return new DeviceDecision<SoftPin>(secrets.Current(renewed, now), new DeviceChange(book.Head, [renewed]));
    }

    private static Error? Admit(Device? device) => device switch
    {
        not { IsTrusted: true } => new DeviceNotTrusted(),
        { HasSoftPin: false } => new SoftPinDisabled(),
        _ => null,
    };
}

using NodaTime;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.Devices;

/// <summary>What the phone can scan.</summary>
public enum BiometricScan
{
    None,
    Fingerprint,
    Face,
}

/// <param name="Key">The public half of the key that the scan unlocks; the bank gets nothing of the finger or the face.</param>
/// <param name="Proof">Signed with <paramref name="Key"/>: the scan has just been done.</param>
/// <param name="Password">Needed except right after trust by document.</param>
public sealed record BiometricsRequest(DeviceCaller Caller, DeviceKey Key, BiometricScan Scan, DeviceProof Proof, string? Password)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"biometrics of {Caller.Customer}";
}

/// <summary>Switches biometric login on for a device, and Remember me with it (AUTH-05).</summary>
public sealed class EnableBiometrics
{
    /// <summary>After trust by document the customer may accept biometrics without typing the password again (PROF-14).</summary>
    private static readonly Duration AfterDocument = Duration.FromMinutes(5);

    private readonly ChangeDevices change;
    private readonly DeviceTable table;
    private readonly DeviceChallenges challenges;
    private readonly VerifyPassword verify;
    private readonly TimeProvider time;

    internal EnableBiometrics(ChangeDevices change, DeviceTable table, DeviceChallenges challenges, VerifyPassword verify, TimeProvider time) =>
        (this.change, this.table, this.challenges, this.verify, this.time) = (change, table, challenges, verify, time);

    /// <returns>
    /// The device. Or, first match: <see cref="DeviceNotCapable"/>, <see cref="DeviceNotFound"/>, the errors of <see cref="VerifyPassword"/> (without a password where one
    /// is needed, it is a wrong one), the errors of <see cref="DeviceChallenges.CheckAsync"/>.
    /// </returns>
    public async Task<Result<Device>> RunAsync(BiometricsRequest request, CancellationToken cancellation)
    {
        if (request.Scan == BiometricScan.None)
            return new DeviceNotCapable();
        var device = await table.FindAsync(request.Caller.Customer, request.Caller.Installation, cancellation);
        if (device?.Key is null)
            return device is null ? new DeviceNotFound() : new DeviceNotCapable();
        if (!HasJustShownDocument(device, request.Caller))
        {
            var verified = await verify.RunAsync(request.Caller.Customer, request.Password ?? "", cancellation);
            if (!verified.IsSuccess)
                return verified.Error;
        }

        var signed = await challenges.CheckAsync(request.Proof, DevicePurpose.EnableBiometrics, request.Key, cancellation);
        return signed.IsSuccess
            ? await change.RunAsync(request.Caller.Customer, (book, id, now) => Decide(book, request, id, now), cancellation)
            : signed.Error;
    }

    private static Result<DeviceDecision<Device>> Decide(DeviceBook book, BiometricsRequest request, Guid id, Instant now)
    {
        if (book.Find(request.Caller.Installation) is not { } device)
            return new DeviceNotFound();
        return device.BiometricKey == request.Key
            ? new DeviceDecision<Device>(device)
            : DeviceDecisions.Of(
                book, device with { BiometricKey = request.Key, RemembersCustomer = true }, DeviceEventKind.BiometricsOn, request.Caller, id, now);
    }

    private bool HasJustShownDocument(Device device, DeviceCaller caller) =>
        device.Trust is { Method: TrustMethod.Document } trust && trust.Session == caller.Session
        && Instant.FromDateTimeOffset(time.GetUtcNow()) < trust.At + AfterDocument;
}

using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Devices;

/// <summary>A customer's own call from one of his devices, in a session.</summary>
/// <param name="Session">The session's id; it goes on when others end.</param>
public sealed record DeviceCaller(CustomerId Customer, InstallationId Installation, string Session, AuditActor Actor)
{
    public Place? Place { get; init; }
}

/// <param name="Attestation">See <see cref="DeviceAttestations"/>.</param>
/// <param name="Method">An offer must have been made; of a document the caller has made sure.</param>
public sealed record TrustRequest(DeviceCaller Caller, DeviceProof Proof, string Attestation, TrustMethod Method);

/// <summary>Makes a device a trusted one, with everything that this switches on (PROF-12 to PROF-15).</summary>
public sealed class TrustDevice
{
    internal const int TrustedAtMost = 2;

    private readonly ChangeDevices change;
    private readonly DeviceTable table;
    private readonly DeviceChallenges challenges;
    private readonly DeviceAttestations attestations;
    private readonly SoftPinSecrets secrets;
    private readonly TimeProvider time;

    internal TrustDevice(
        ChangeDevices change, DeviceTable table, DeviceChallenges challenges, DeviceAttestations attestations, SoftPinSecrets secrets, TimeProvider time) =>
        (this.change, this.table, this.challenges, this.attestations, this.secrets, this.time) = (change, table, challenges, attestations, secrets, time);

    /// <returns>
    /// The trusted device; the same for one that is trusted already. Or, first match: <see cref="DeviceNotFound"/>, <see cref="TrustNotOffered"/>,
    /// <see cref="TrustNeedsDocument"/>, <see cref="TrustedDeviceLimit"/>, <see cref="DeviceIntegrity"/>, the errors of <see cref="DeviceChallenges.CheckAsync"/>.
    /// </returns>
    public async Task<Result<Device>> RunAsync(TrustRequest request, CancellationToken cancellation)
    {
        var caller = request.Caller;

        // Refused before the nonce is used up; decided again below, where it is written.
        var book = await table.ReadAsync(caller.Customer, cancellation);
        var before = Admit(book, request, Instant.FromDateTimeOffset(time.GetUtcNow()));
        if (before is { IsSuccess: true, Value.IsTrusted: false })
        {
            if (!attestations.IsGenuine(request.Attestation, request.Proof.Nonce, before.Value.Key))
                return new DeviceIntegrity();
            var (purpose, owner) = request.Method == TrustMethod.Document
                ? (DevicePurpose.TrustByDocument, (CustomerId?)caller.Customer)
                : (DevicePurpose.Trust, null);
            var signed = await challenges.CheckAsync(request.Proof, purpose, before.Value.Key, cancellation, owner);
            if (!signed.IsSuccess)
                return signed.Error;
        }

        return await change.RunAsync(caller.Customer, (now, id, at) => Decide(now, request, id, at), cancellation);
    }

    private Result<DeviceDecision<Device>> Decide(DeviceBook book, TrustRequest request, Guid id, Instant now) =>
        Admit(book, request, now).Then<DeviceDecision<Device>>(device =>
        {
            if (device.IsTrusted)
                return new DeviceDecision<Device>(device);
            var caller = request.Caller;
            var trusted = device with
            {
                Trust = new DeviceTrust(now, request.Method, device.Key!.Thumbprint, caller.Session),
                RemembersCustomer = true,
                HasSmartOtp = true,
                SoftPin = secrets.New(caller.Customer, device.Id),
                OffersDeclined = 0,
            };
            return new DeviceDecision<Device>(trusted, new DeviceChange(book.Head with { OfferedTo = null }, [trusted])
            {
                Event = new DeviceEvent(id, DeviceEventKind.DeviceTrusted, device.Id.Value, device.Name, now, caller.Actor) { Ends = new SessionsToEnd(caller.Session) },
                Activity = new DeviceActivity(caller.Customer, device.Id, id.ToString("N"), Names.Of(DeviceEventKind.DeviceTrusted), now, caller.Place),
            });
        });

    private static Result<Device> Admit(DeviceBook book, TrustRequest request, Instant now)
    {
        if (book.Find(request.Caller.Installation) is not { Key: not null } device)
            return new DeviceNotFound();
        if (device.IsTrusted)
            return device;
        if (request.Method == TrustMethod.Offer && RecordLogin.IsShadowed(book.Head, now))
            return new TrustNeedsDocument(book.Head.RecoveredAt!.Value + RecordLogin.RecoveryShadow);
        if (request.Method == TrustMethod.Offer && book.Head.OfferedTo != device.Id.Value)
            return new TrustNotOffered();
        return Limit(book) is { } limit ? limit : device;
    }

    /// <summary>Null while there is room for one more.</summary>
    internal static TrustedDeviceLimit? Limit(DeviceBook book)
    {
        var trusted = book.Trusted.Select(device => new TrustedDeviceName(device.Id.Value, device.Name, device.Type)).ToList();
        return trusted.Count < TrustedAtMost ? null : new TrustedDeviceLimit(trusted);
    }
}

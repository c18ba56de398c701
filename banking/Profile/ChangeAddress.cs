using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Profile;

/// <summary>Replaces the residence address (PROF-05). The audit record and the notice come first: repeated after a crash they may tell of it twice, never not at all.</summary>
public sealed class ChangeAddress
{
    private readonly ProfileTable table;
    private readonly RecordAudit audit;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal ChangeAddress(ProfileTable table, RecordAudit audit, SendNotice send, TimeProvider time) =>
        (this.table, this.audit, this.send, this.time) = (table, audit, send, time);

    /// <returns>The address as kept. Or an <see cref="InvalidInput"/> with every <see cref="CharacterNotAllowed"/>.</returns>
    public async Task<Result<ResidenceAddress>> RunAsync(CustomerId customer, ResidenceAddress address, AuditActor actor, CancellationToken cancellation)
    {
        (string Field, string Row)[] rows =
        [
            ("/street", address.Street), ("/administrativeUnit", address.AdministrativeUnit), ("/state", address.State), ("/city", address.City),
            ("/postalCode", address.PostalCode),
        ];
        Invalid[] faults =
        [
            .. rows.Select(row => (row.Field, Character: ResidenceAddress.FirstForbidden(row.Row))).Where(row => row.Character is not null)
                .Select(row => new CharacterNotAllowed(row.Field, row.Character!)),
        ];
        if (faults.Length > 0)
            return new InvalidInput(faults);
        if ((await table.FindAsync(customer, cancellation)).Address == address)
            return address;

        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        await audit.RunAsync(new AuditEvent(actor, "address_changed", $"customer/{customer.Value}") { At = now }, cancellation);
        await send.RunAsync(
            new Notice(
                NoticeId.Of(nameof(NoticeKind.AddressChanged), customer.Value, $"{now.ToUnixTimeMilliseconds()}"), customer, NoticeChannel.Push, NoticeKind.AddressChanged,
                new Dictionary<string, string>()),
            cancellation);
        await table.SetAddressAsync(customer, address, cancellation);
        return address;
    }
}

using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;

namespace Serverless.Banking.Profile;

/// <summary>Replaces the residence address (PROF-05); the outbox row of audit record and notice is in the same group.</summary>
public sealed class ChangeAddress
{
    private readonly ProfileTable table;
    private readonly Dispatch dispatch;
    private readonly TimeProvider time;

    internal ChangeAddress(ProfileTable table, Dispatch dispatch, TimeProvider time) => (this.table, this.dispatch, this.time) = (table, dispatch, time);

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
        var id = StableGuid.Of("address_changed", customer.Value, $"{now.ToUnixTimeTicks()}");
        var notice = new Notice(NoticeId.Of(nameof(NoticeKind.AddressChanged), id.ToString("N")), customer, NoticeChannel.Push, NoticeKind.AddressChanged, new Dictionary<string, string>());
        var tells = Announce.RowOf(
            ProfileTable.Name, customer.Value, id, Announcement.Of(notice, new AuditEvent(actor, "address_changed", $"customer/{customer.Value}") { Id = id, At = now }));
        await dispatch.PointAsync(tells, cancellation);
        await table.SetAddressAsync(customer, address, tells, cancellation);
        await dispatch.RunAsync(tells);
        return address;
    }
}

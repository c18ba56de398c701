using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>Manual authorisations without a fixed day hear of an invoice when it appears (BILL-19), so the poller must ask for their accounts.</summary>
/// <remarks>A row is only a pointer; one whose authorisation has ended or changed leads nowhere, and the poller drops it.</remarks>
internal sealed class InvoiceReminders(BankTables tables, TimeProvider time)
{
    private const string First = "reminder|";
    private const string After = "reminder}";

    private readonly TableClient accounts = tables.Open(InvoiceKeys.Table);
    private readonly TableClient polling = tables.Open(PollingKeys.Table);

    public static bool IsFor(Authorisation it) =>
        it is { State: AuthorisationState.Active, Terms: { Type: PaymentType.Manual, PaymentDay: null } };

    /// <summary>Before the authorisation is written, so that none is ever without its row; nothing for other authorisations.</summary>
    public async Task FollowAsync(Authorisation it, CancellationToken cancellation)
    {
        if (!IsFor(it))
            return;
        var row = new TableEntity(InvoiceKeys.Partition(it.Account), First + it.Id.Value.ToString("N"))
        {
            ["Customer"] = it.Customer.Value,
            ["Authorisation"] = it.Id.Value,
        };
        await accounts.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        var poll = new PollingRow
        {
            PartitionKey = PollingKeys.Partition(it.Account.Company),
            RowKey = PollingKeys.Row(it.Account),
            SubscribedAt = time.GetUtcNow(),
        };
        await polling.UpsertEntityAsync(poll, TableUpdateMode.Replace, cancellation);
    }

    public async Task<IReadOnlyList<(CustomerId Customer, AuthorisationId Authorisation)>> ListAsync(ClientAccount account, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {InvoiceKeys.Partition(account)} and RowKey ge {First} and RowKey lt {After}");
        var followers = new List<(CustomerId, AuthorisationId)>();
        await foreach (var row in accounts.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            followers.Add((CustomerId.Of(row.GetString("Customer")!), new AuthorisationId(row.GetGuid("Authorisation")!.Value)));
        return followers;
    }

    public Task DropAsync(ClientAccount account, AuthorisationId id, CancellationToken cancellation) =>
        accounts.DeleteEntityAsync(InvoiceKeys.Partition(account), First + id.Value.ToString("N"), cancellationToken: cancellation);
}

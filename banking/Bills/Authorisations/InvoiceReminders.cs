using Azure;
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
            ["WrittenAt"] = time.GetUtcNow(),
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

    public async Task<IReadOnlyList<Reminder>> ListAsync(ClientAccount account, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {InvoiceKeys.Partition(account)} and RowKey ge {First} and RowKey lt {After}");
        var followers = new List<Reminder>();
        await foreach (var row in accounts.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            followers.Add(new Reminder(
                row.PartitionKey, row.RowKey, row.ETag, row.GetDateTimeOffset("WrittenAt"),
                CustomerId.Of(row.GetString("Customer")!), new AuthorisationId(row.GetGuid("Authorisation")!.Value)));
        }

        return followers;
    }

    /// <summary>Drops a row whose authorisation wants no reminder, unless one is being made to want it now.</summary>
    public async Task DropAsync(Reminder reminder, CancellationToken cancellation)
    {
        if (!IndexRows.IsAbandoned(reminder.WrittenAt, time.GetUtcNow()))
            return;
        // False: written anew, or dropped by another poller.
        await accounts.TryDeleteAsync(reminder.Partition, reminder.Row, reminder.ETag, cancellation);
    }
}

internal sealed record Reminder(string Partition, string Row, ETag ETag, DateTimeOffset? WrittenAt, CustomerId Customer, AuthorisationId Authorisation);

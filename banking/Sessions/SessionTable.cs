using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Channels;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Sessions;

/// <summary>Table Sessions: one partition per customer with the channel's row, the sessions and the channel's history.</summary>
internal sealed class SessionTable(BankTables tables)
{
    public const string Name = "Sessions";
    public const string Channel = "channel";
    private const string Sessions = "session|";
    private const string AfterSessions = "session}";

    private TableClient Table => tables.Open(Name);

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Row(SessionId session) => Sessions + session.Value;

    /// <summary>One point read. Null for a session that does not exist.</summary>
    public async Task<SessionRow?> FindAsync(CustomerId customer, SessionId session, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(customer), Row(session), null, cancellation);
        return found.HasValue ? new SessionRow(found.Value!) : null;
    }

    /// <summary>One point read.</summary>
    public async Task<ChannelHead> ChannelAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(customer), Channel, null, cancellation);
        return ChannelHead.From(found.HasValue ? found.Value : null);
    }

    /// <summary>The channel's row first, then every session that is still stored: one query.</summary>
    /// <remarks>The row comes before the sessions in the order of the keys, so whatever changes a session after it was read changes the row's ETag too.</remarks>
    public async Task<(ChannelHead Head, IReadOnlyList<SessionRow> Sessions)> ReadAsync(CustomerId customer, CancellationToken cancellation)
    {
        var partition = Partition(customer);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and (RowKey eq {Channel} or (RowKey ge {Sessions} and RowKey lt {AfterSessions}))");
        TableEntity? head = null;
        List<SessionRow> sessions = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, null, null, cancellation))
        {
            if (row.RowKey == Channel)
                head = row;
            else
                sessions.Add(new SessionRow(row));
        }

        return (ChannelHead.From(head), sessions);
    }

    /// <returns>False when somebody else was faster: read again.</returns>
    public Task<bool> TrySubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation) =>
        Table.TrySubmitAsync(actions, cancellation);

    /// <param name="changes">Merged into the row. Null tag: whatever the row says meanwhile.</param>
    /// <returns>False when the row is gone or not as read.</returns>
    public Task<bool> TryMergeAsync(TableEntity changes, ETag? tag, CancellationToken cancellation) =>
        Table.TryUpdateAsync(changes, tag ?? ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>Marks a session as over, whatever happens to its other columns at the same moment.</summary>
    public static TableTransactionAction End(SessionRow session, SessionEnding ending, Instant now) =>
        new(TableTransactionActionType.UpdateMerge, session.Ended(ending, now), ETag.All);

    public static TableTransactionAction Delete(SessionRow session) => new(TableTransactionActionType.Delete, session.Entity, ETag.All);
}

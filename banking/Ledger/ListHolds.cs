using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>The holds of an account that are in force.</summary>
public sealed class ListHolds(BankTables tables)
{
    /// <summary>More than any customer has at once; the rest is not shown.</summary>
    private const int ShownAtMost = 1000;

    /// <param name="now">A hold whose time is over is not in force, even before <see cref="ExpireHolds"/> comes by.</param>
    /// <returns>In no order; empty also for an unknown account. One storage call.</returns>
    public async Task<IReadOnlyList<Hold>> RunAsync(AccountId account, Instant now, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey gt {LedgerKeys.HoldPrefix} and RowKey lt {LedgerKeys.HoldPrefix + "~"} and State eq {nameof(HoldState.Held)}");
        var holds = new List<Hold>();
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var hold = Hold.From(row);
            if (hold.ExpiresAt > now)
            {
                holds.Add(hold);
            }

            if (holds.Count == ShownAtMost)
            {
                break;
            }
        }

        return holds;
    }

    /// <returns>One hold, whatever became of it; null when there is none. One storage call.</returns>
    public async Task<Hold?> FindAsync(AccountId account, HoldId hold, CancellationToken cancellation)
    {
        var row = await tables.Open(LedgerKeys.Table).GetEntityIfExistsAsync<TableEntity>(
            LedgerKeys.Partition(account), LedgerKeys.Hold(hold), null, cancellation);
        return row.HasValue ? Hold.From(row.Value!) : null;
    }
}

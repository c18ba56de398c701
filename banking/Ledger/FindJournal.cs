using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Looks a journal up by the account that decided it.</summary>
public sealed class FindJournal(BankTables tables)
{
    /// <param name="debtor">The journal's <see cref="Journal.Decider"/>.</param>
    /// <returns>Null when the id was never posted there, or was voided. One call, and one more for each customer's account that did not decide.</returns>
    public async Task<PostedJournal?> RunAsync(TransactionId id, AccountId debtor, CancellationToken cancellation)
    {
        var table = tables.Open(LedgerKeys.Table);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(debtor), LedgerKeys.Marker(id), null, cancellation);
        if (!row.HasValue || Marker.From(row.Value!) is not { State: MarkerState.Posted, Journal: { } journal } marker)
        {
            return null;
        }

        var missing = await Task.WhenAll(JournalRows.Following(journal).Where(key => !LedgerKeys.IsBank(key.Partition)).Select(async key =>
            !(await table.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, ["State"], cancellation)).HasValue));
        return new PostedJournal(journal, marker.At, marker.BalanceAfter, IsComplete: !missing.Contains(true));
    }
}

using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Changes what a head says besides money, in a race with the postings.</summary>
internal sealed class HeadWrites(BankTables tables, AccountHeads heads)
{
    private const int TriesAtMost = 12;

    /// <param name="change">From the head as it is to the head as it shall be (the same one: nothing to write), or why not. Asked again after a lost race.</param>
    /// <returns>The account as it is now. Or, first match: <see cref="AccountNotFound"/>, the errors of the change, <see cref="AccountBusy"/>.</returns>
    public async Task<Result<AccountBook>> ChangeAsync(AccountId account, Func<Head, Result<Head>> change, CancellationToken cancellation)
    {
        using var gate = await heads.EnterAsync(account, cancellation);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await heads.ReadAsync(account, cancellation) is not { } head)
            {
                return new AccountNotFound();
            }

            var changed = change(head);
            if (!changed.IsSuccess)
            {
                return changed.Error!;
            }

            if (ReferenceEquals(changed.Value, head))
            {
                return AccountBook.Of(head);
            }

            try
            {
                var answer = await tables.Open(LedgerKeys.Table).UpdateEntityAsync(changed.Value.ToRow(), head.ETag, TableUpdateMode.Replace, cancellation);
                heads.Forget(account);
                heads.Remember(changed.Value, answer.Headers.ETag);
                return AccountBook.Of(changed.Value);
            }
            catch (RequestFailedException e) when (StorageFaults.IsStale(e))
            {
                await StorageFaults.BackOffAsync(attempt);
            }
        }

        return new AccountBusy();
    }
}

using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Changes what a head says besides money, in a race with the postings.</summary>
internal sealed class HeadWrites(BankTables tables, AccountHeads heads)
{
    private const int TriesAtMost = 12;

    /// <param name="change">From the head as it is to the head as it shall be (the same one: nothing to write), or why not. Asked again after a lost race.</param>
    /// <param name="once">Key of a row that is written together with the change: with it there, nothing is changed any more.</param>
    /// <returns>The account as it is now. Or, first match: <see cref="AccountNotFound"/>, the errors of the change, <see cref="AccountBusy"/>.</returns>
    public async Task<Result<AccountBook>> ChangeAsync(AccountId account, Func<Head, Result<Head>> change, CancellationToken cancellation, string? once = null)
    {
        using var gate = await heads.EnterAsync(account, cancellation);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await heads.ReadAsync(account, cancellation) is not { } head)
            {
                return new AccountNotFound();
            }

            if (once is not null && await IsThereAsync(account, once, cancellation))
            {
                return AccountBook.Of(head);
            }

            var changed = change(head);
            if (!changed.IsSuccess)
            {
                return changed.Error!;
            }

            if (once is null && ReferenceEquals(changed.Value, head))
            {
                return AccountBook.Of(head);
            }

            try
            {
                var etag = await WriteAsync(head, changed.Value, once, cancellation);
                heads.Forget(account);
                heads.Remember(changed.Value, etag);
                return AccountBook.Of(changed.Value);
            }
            catch (RequestFailedException e) when (StorageFaults.IsStale(e) || StorageFaults.IsConflict(e))
            {
                await StorageFaults.BackOffAsync(attempt);
            }
        }

        return new AccountBusy();
    }

    private async Task<ETag?> WriteAsync(Head before, Head after, string? once, CancellationToken cancellation)
    {
        var table = tables.Open(LedgerKeys.Table);
        if (once is null)
            return (await table.UpdateEntityAsync(after.ToRow(), before.ETag, TableUpdateMode.Replace, cancellation)).Headers.ETag;
        var written = await table.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.UpdateReplace, after.ToRow(), before.ETag),
                new(TableTransactionActionType.Add, RowSeal.Seal(new TableEntity(LedgerKeys.Partition(before.Id), once))),
            ],
            cancellation);
        return written.Value[0].Headers.ETag;
    }

    private async Task<bool> IsThereAsync(AccountId account, string row, CancellationToken cancellation) =>
        (await tables.Open(LedgerKeys.Table).GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(account), row, ["RowKey"], cancellation)).HasValue;
}

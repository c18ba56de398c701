using Azure.Data.Tables;
using Serverless.Banking.Storage;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Ledger;

/// <summary>Changes a hold and the head's held amount in one storage transaction.</summary>
internal sealed class HoldWrites(BankTables tables, AccountHeads heads, BankMetrics metrics)
{
    private const int TriesAtMost = 12;

    private TableClient Table => tables.Open(LedgerKeys.Table);

    public async Task<Hold?> FindAsync(AccountId account, HoldId hold, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(account), LedgerKeys.Hold(hold), null, cancellation);
        return row.HasValue ? Hold.From(row.Value!) : null;
    }

    /// <param name="change">
    /// From the hold as it is (null: never placed) and the head, to the hold as it shall be; or an answer that needs no write. Asked again after
    /// a lost race.
    /// </param>
    public async Task<Result<Hold>> ChangeAsync(AccountId account, HoldId id, Func<Hold?, Head?, HoldChange> change)
    {
        using var gate = await heads.EnterAsync(account, CancellationToken.None);
        Exception? last = null;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var reading = heads.ReadAsync(account, CancellationToken.None);
            var (hold, head) = (await FindAsync(account, id, CancellationToken.None), await reading);
            var next = change(hold, head);
            if (next.Answer is { } answer)
            {
                return answer;
            }

            try
            {
                await WriteAsync(hold, next.Hold!, head);
                if (next.Hold!.Amount.IsPositive)
                    metrics.Hold(next.Hold.State.ToString().ToLowerInvariant(), next.Hold.Amount);
                return next.Hold!;
            }
            catch (Exception e) when (!StorageFaults.IsOurs(e))
            {
                // Whoever won, or this very write with its answer lost: the next reading tells.
                heads.Forget(account);
                last = StorageFaults.IsStale(e) || StorageFaults.IsConflict(e) ? null : e;
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        return last is null ? new AccountBusy() : throw new InvalidOperationException($"Whether hold {id} changed cannot be told now.", last);
    }

    private async Task WriteAsync(Hold? before, Hold after, Head? head)
    {
        var row = before is null
            ? new TableTransactionAction(TableTransactionActionType.Add, after.ToRow())
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, after.ToRow(), before.ETag);
        if (head is null)
        {
            await Table.SubmitTransactionAsync([row], CancellationToken.None);
            return;
        }

        // Also where nothing is held: a hold that must never be placed is known to the head like any other.
        var changed = head with
        {
            Held = head.Held + InForce(after) - InForce(before),
            Holds = head.Holds + (before is null ? Hold.Mark(after.ToRow()) : 0),
        };
        var answer = await Table.SubmitTransactionAsync(
            [row, new TableTransactionAction(TableTransactionActionType.UpdateReplace, changed.ToRow(), head.ETag)], CancellationToken.None);
        heads.Forget(changed.Id);
        heads.Remember(changed, answer.Value[1].Headers.ETag);
    }

    private static long InForce(Hold? hold) => hold is { State: HoldState.Held } ? hold.Amount.Minor : 0;
}

/// <summary>Either the hold as it shall be, or the answer.</summary>
internal sealed record HoldChange(Hold? Hold, Result<Hold>? Answer)
{
    public static HoldChange To(Hold hold) => new(hold, null);

    public static HoldChange Say(Result<Hold> answer) => new(null, answer);
}

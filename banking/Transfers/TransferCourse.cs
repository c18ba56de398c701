using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>How a transfer within the bank ends: settled when its journal is in the books, rejected when it never will be.</summary>
internal sealed class TransferCourse(
    TransferTable table, LimitBooks books, TransferLimits limits, FindJournal findJournal, VoidJournal voids, TimeProvider time)
{
    private const int TriesAtMost = 8;

    /// <summary>The truth about a transfer that its row calls accepted: it may be posted while the row is still to be changed.</summary>
    public async Task<Transfer> LookAsync(Transfer transfer, CancellationToken cancellation) =>
        transfer is { State: TransferState.Accepted, IsWithinBank: true } && await findJournal.RunAsync(transfer.Transaction, transfer.From, cancellation) is { IsComplete: true } posted
            ? transfer.At(TransferState.Settled, posted.PostedAt)
            : transfer;

    /// <summary>Makes sure that the journal is not posted any more, and ends the transfer; what it used of the limits is given back in the same step.</summary>
    /// <returns>The transfer as it is then: rejected, by this call or an earlier one; or settled, because the journal is in the books.</returns>
    public async Task<Transfer> EndAsync(Transfer transfer, Error failure, CancellationToken cancellation) =>
        (await voids.RunAsync(transfer.Transaction, transfer.From, cancellation)).Value == VoidOutcome.Voided
            ? await RejectAsync(transfer, failure, cancellation)
            : await LookAsync(transfer, cancellation);

    private async Task<Transfer> RejectAsync(Transfer transfer, Error failure, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var record = await table.FindAsync(transfer.Customer, transfer.Id, cancellation);
            if (record is not { Transfer.State: TransferState.Accepted })
                return record?.Transfer ?? transfer;
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            var book = await books.ReadAsync(transfer.Customer, cancellation);
            var rejected = record.Transfer.At(TransferState.Rejected, now, failure);
            if (await table.ReplaceAsync(record, rejected, limits.GiveBack(book, record.Transfer, now)))
                return rejected;
        }

        throw new InvalidOperationException($"Transfer {transfer.Id} is being changed by many others.");
    }
}

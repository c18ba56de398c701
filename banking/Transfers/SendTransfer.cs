using Azure;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Transfers;

/// <summary>Carries out a transfer whose payee is within the bank, once (TRF-08, TRF-35): the engine of all such transfers.</summary>
/// <remarks>
/// Storage calls one after another, with heads and limits in memory: the order (transfer, key and limits in one group of the customer's partition) beside
/// the ledger's intent; the debit's group; the credit's group. One more when something has to be read. The intent stands for the order until all that
/// follows is done: killed before the debit, the repeat or the ledger's sweeper posts it; after, the sweeper finishes it. An order that stands after its
/// journal was refused gets a row of its own that says so. See docs/adr/0009-transfers-in-three-calls.md.
/// </remarks>
public sealed class SendTransfer
{
    private const int TriesAtMost = 12;

    private readonly PostJournal post;
    private readonly TransferTable table;
    private readonly OpenTransfers open;
    private readonly OrderPeriods periods;
    private readonly LimitBooks books;
    private readonly TransferLimits limits;
    private readonly TransferCourse course;
    private readonly TransferFollowUps followUps;
    private readonly ReadBook read;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal SendTransfer(
        PostJournal post, TransferTable table, OpenTransfers open, OrderPeriods periods, LimitBooks books, TransferLimits limits, TransferCourse course,
        TransferFollowUps followUps, ReadBook read, TimeProvider time, BankMetrics metrics)
    {
        (this.post, this.table, this.open, this.periods, this.books, this.limits) = (post, table, open, periods, books, limits);
        (this.course, this.followUps, this.read, this.time, this.metrics) = (course, followUps, read, time, metrics);
    }

    /// <returns>
    /// The transfer, settled; or accepted while storage keeps the credit waiting. A repeated key gives the first answer. Or, first match:
    /// <see cref="IdempotencyKeyReused"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="PayeeAccountNotUsable"/>,
    /// <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="TransferAlreadyConfirmed"/>, <see cref="TransferLimitExceeded"/>,
    /// <see cref="TransferTooOften"/>: nothing was kept, the key may be used again; <see cref="AccountBusy"/>: send the same again; or any of the
    /// account's refusals when money left it in the same moment, and <see cref="TransferInterrupted"/>: the transfer is recorded as rejected.
    /// </returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again, and the sweeper ends the transfer if nobody does.</exception>
    public async Task<Result<Transfer>> RunAsync(TransferOrder order, CancellationToken cancellation)
    {
        var sent = await CarryOutAsync(order, cancellation);
        metrics.Transfer(order.Kind.Short(), sent.IsSuccess ? sent.Value.State == TransferState.Settled ? "settled" : "accepted" : "refused", order.Terms.Amount, sent.Error);
        return sent;
    }

    private async Task<Result<Transfer>> CarryOutAsync(TransferOrder order, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var terms = order.Terms;
        var transfer = new Transfer(
            order.Id, order.Kind, order.Customer, terms.From, terms.Payer, terms.To, terms.Amount, terms.Debit, terms.Fee, terms.FeeBearer, terms.Rate,
            terms.Description, order.Origin, null, [new TransferStep(TransferState.Accepted, now)], order.Wishes)
        {
            Channel = order.Device.Channel,
        };
        var taken = new Taken();

        // Beside the heads, if at all; taking the order waits for it, nothing else does.
        var reading = books.Recall(order.Customer) is null ? books.ReadAsync(order.Customer, cancellation) : null;
        var announcing = periods.AnnounceAsync(order.Customer, now);
        Observe(reading);
        Observe(announcing);
        var posted = await post.RunAsync(
            TransferJournal.Of(transfer), _ => TakeAsync(transfer, order, reading, announcing, taken), new JournalAftermath(done => FollowAsync(taken, done), _ => LeaveAsync(taken)),
            cancellation);
        if (!posted.IsSuccess)
            return await RefuseAsync(order, taken, posted.Error, cancellation);

        // The ledger knew the journal from an earlier try and did not look at the order: the key decides.
        if (taken.Record is null && await FindEarlierAsync(order, taken, cancellation) is not { IsSuccess: true })
            return new IdempotencyKeyReused();
        if (!posted.Value.IsComplete)
            return taken.Record!.Transfer;
        return taken.Record!.Transfer.At(TransferState.Settled, posted.Value.PostedAt);
    }

    /// <summary>Once it is posted. What an earlier try of the same order has to do hangs on that try's intent.</summary>
    private Task FollowAsync(Taken taken, PostedJournal posted) => taken.Record is { Transfer.State: TransferState.Accepted } record
        ? followUps.RunAsync(record, posted.PostedAt, CancellationToken.None)
        : Task.CompletedTask;

    /// <summary>The order is on record and the ledger is about to forget its journal: unless this process ends the order, or the customer sends it again, our sweeper ends it.</summary>
    private async Task LeaveAsync(Taken taken)
    {
        if (taken.Record is { Transfer.State: TransferState.Accepted } record)
            await open.AddAsync(record.Transfer);
    }

    /// <summary>The ledger's precondition: the order is on record, by this call or an earlier one of the same order.</summary>
    private async Task<Result<Nothing>> TakeAsync(Transfer transfer, TransferOrder order, Task<LimitBook>? reading, Task announcing, Taken taken)
    {
        await announcing;
        using var gate = await books.EnterAsync(order.Customer);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var remembered = attempt == 0 ? books.Recall(order.Customer) : null;
            var book = remembered ?? (attempt == 0 && reading is not null ? await reading : await books.ReadAsync(order.Customer, CancellationToken.None));
            var counted = limits.Take(book, order.Kind, order.Device, order.Terms.Debit, transfer.OrderedAt);
            if (!counted.IsSuccess && attempt == 0)
            {
                // No limit refuses from memory, nor from what was read before this order had its turn.
                books.Forget(order.Customer);
                continue;
            }

            if (!counted.IsSuccess)
                return await FindEarlierAsync(order, taken, CancellationToken.None) ?? counted.Error!;

            try
            {
                taken.Record = await table.AddAsync(transfer, order, counted.Value);
                return default(Nothing);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                books.Forget(order.Customer);
                if (e.Status == 409 && await FindEarlierAsync(order, taken, CancellationToken.None) is { } answer)
                    return answer;
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        return new AccountBusy();
    }

    /// <returns>Success when the same order is on record and stands; its failure, or why this is another order; null when there is nothing on record.</returns>
    private async Task<Result<Nothing>?> FindEarlierAsync(TransferOrder order, Taken taken, CancellationToken cancellation)
    {
        var key = table.FindKeyAsync(order.Customer, order.Key, cancellation);
        var record = await table.FindAsync(order.Customer, order.Id, cancellation);

        // Key and transfer are written as one: the key may only be missing when it was read just before.
        var known = await key ?? (record is null ? null : await table.FindKeyAsync(order.Customer, order.Key, cancellation));
        switch (known)
        {
            case { } used when used.RequestHash != order.RequestHash || used.Transfer != order.Id:
                return new IdempotencyKeyReused();
            case null:
                return record is null ? (Result<Nothing>?)null : new TransferAlreadyConfirmed(order.Id);
            default:
                // And so may the transfer.
                taken.Record = record ?? await table.FindAsync(order.Customer, order.Id, cancellation);
                return taken.Record!.Transfer.Failure is { } failure ? failure : default(Nothing);
        }
    }

    private async Task<Result<Transfer>> RefuseAsync(TransferOrder order, Taken taken, Error error, CancellationToken cancellation)
    {
        if (taken.Record is null && error is not (IdempotencyKeyReused or TransferAlreadyConfirmed))
        {
            // Refused before the order was taken, unless an earlier try of it was.
            var earlier = await FindEarlierAsync(order, taken, cancellation);
            if (earlier is { IsSuccess: false, Error: { } first })
                return first;
        }

        if (taken.Record is null)
            return await TellAsync(error, order, cancellation);
        if (error is AccountBusy || taken.Record.Transfer.Failure is not null)
            return error;

        // Money left the account, or it was blocked, between the look and the debit.
        var failure = error is TransactionVoided ? new TransferInterrupted() : await TellAsync(error, order, cancellation);
        var ended = await course.EndAsync(taken.Record.Transfer, failure, CancellationToken.None);
        if (ended.State == TransferState.Rejected)
            await open.RemoveAsync(OpenTransfers.Of(ended));
        return ended.Failure is { } final ? final : ended;
    }

    /// <summary>What stands in the way of a payee's account is not the payer's business beyond that.</summary>
    private async Task<Error> TellAsync(Error error, TransferOrder order, CancellationToken cancellation)
    {
        if (error is JournalMismatch)
            return new IdempotencyKeyReused();
        if (error is not (AccountNotUsable or AccountNotFound or BalanceTooLarge) || order.Terms.To is not { AccountId: { } payee, Customer: { } owner } || owner == order.Customer)
            return error;
        return await read.RunAsync(payee, cancellation) is { } book && PostingRules.CanCredit(book.Status) && error is not BalanceTooLarge
            ? error
            : new PayeeAccountNotUsable();
    }

    private static void Observe(Task? task) =>
        _ = task?.ContinueWith(failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>What taking the order has found out.</summary>
    private sealed class Taken
    {
        /// <summary>The order as it is on record, by this try or an earlier one; null when it is not known to be.</summary>
        public TransferRecord? Record { get; set; }
    }
}

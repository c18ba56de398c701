using System.Globalization;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Carries one execution of a standing transfer to its end; the timer, a message that comes twice, and whoever changes the transfer go it.</summary>
/// <remarks>
/// What is executed is written into the standing transfer first. The transfer's id is made of standing transfer, due date and attempt; a refused
/// attempt is given up only after its journal was voided, so that it can never be booked beside the transfer of a later one.
/// </remarks>
internal sealed class PeriodicCourse(
    PeriodicTable table, SendTransfer transfers, VoidJournal voidJournal, FindAccount accounts, FindContactDetails details, TransferFees fees,
    PeriodicNotices notices, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Begins the execution that is due.</summary>
    /// <returns>Null when somebody else changed the standing transfer meanwhile; or when it is nothing to execute because the account is gone, which was recorded.</returns>
    public async Task<StoredPeriodic?> BeginAsync(StoredPeriodic stored, CancellationToken cancellation)
    {
        var (it, next) = (stored.It, stored.It.Next!);
        var account = await accounts.RunAsync(it.Customer, it.Terms.From, cancellation);
        if (!account.IsSuccess)
            return await MissAsync(stored, next, account.Error, cancellation);
        var known = await details.RunAsync(it.Customer, cancellation);
        var terms = new TransferTerms(
            it.Terms.From, new PayerDetails(known?.Name ?? account.Value.Name, account.Value.Iban.Electronic), it.Terms.To, it.Terms.Amount, it.Terms.Amount,
            fees.Of(it.Kind, it.Terms.Amount), FeeBearer.Sender, null, it.Terms.Details);
        return await table.ChangeAsync(stored, it with { Running = new PeriodicExecution(next.DueOn, next.Attempt, next.Interruptions, terms) }, cancellation);
    }

    /// <summary>Makes the transfer of an execution that was begun, and records how it ended.</summary>
    /// <returns>As recorded; null when it stays as it is: somebody else recorded it, or the account was too busy and the next run tries again.</returns>
    public async Task<StoredPeriodic?> CarryThroughAsync(StoredPeriodic stored, CancellationToken cancellation)
    {
        var (it, running) = (stored.It, stored.It.Running!);
        var order = OrderOf(it, running);
        var sent = await transfers.RunAsync(order, cancellation);
        if (sent.IsSuccess)
            return await ExecutedAsync(stored, running, order.Id, cancellation);
        if (sent.Error is AccountBusy)
            return null;

        // Another run of this attempt may have been luckier: then the money has moved.
        var voided = await voidJournal.RunAsync(new TransactionId(order.Id.Value), running.Terms.From, cancellation);
        if (voided.Value == VoidOutcome.AlreadyPosted)
            return await ExecutedAsync(stored, running, order.Id, cancellation);

        if (sent.Error is TransferInterrupted or TransactionVoided)
        {
            // Ended by a sweeper, or given up by another run of this attempt that has yet to record it: at once again, under another id.
            var again = it.Next! with { Interruptions = running.Interruptions + 1 };
            return await table.ChangeAsync(stored, it with { Running = null, Next = again }, cancellation);
        }

        var due = new PeriodicOccurrence(running.DueOn, running.Attempt, Now);
        var lacksMoney = sent.Error is InsufficientFunds or MinimumBalanceReached;
        return lacksMoney && running.Attempt < PeriodicSchedule.RetriesAtMost && PeriodicSchedule.RetryAfter(Now) is { } retryAt
            ? await RetryAsync(stored, due, retryAt, sent.Error, cancellation)
            : await MissAsync(stored, due, sent.Error, cancellation);
    }

    private static TransferOrder OrderOf(PeriodicTransfer it, PeriodicExecution running)
    {
        var id = TransferId.Derive(
            it.Customer, "periodic", it.Id.Value.ToString("N"), running.DueOn.ToString("uuuuMMdd", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{running.Attempt}.{running.Interruptions}"));
        var name = id.Value.ToString("N");
        return new TransferOrder(id, it.Kind, it.Customer, IdempotencyKey.Of(name), name, running.Terms, OrderingDevice.Bank) { Origin = $"periodic/{it.Id}" };
    }

    private async Task<StoredPeriodic?> ExecutedAsync(StoredPeriodic stored, PeriodicExecution running, TransferId transfer, CancellationToken cancellation)
    {
        await notices.ExecutedAsync(stored.It, running.DueOn, running.Terms.Amount, cancellation);
        return await PassAsync(stored, running.DueOn, new PeriodicResult(running.DueOn, PeriodicOutcome.Executed, Now, transfer, null), cancellation);
    }

    private async Task<StoredPeriodic?> RetryAsync(StoredPeriodic stored, PeriodicOccurrence due, Instant at, Error error, CancellationToken cancellation)
    {
        await notices.RetriedAsync(stored.It, due, at, error, cancellation);
        return await table.ChangeAsync(stored, stored.It with { Running = null, Next = new PeriodicOccurrence(due.DueOn, due.Attempt + 1, at) }, cancellation);
    }

    private async Task<StoredPeriodic?> MissAsync(StoredPeriodic stored, PeriodicOccurrence due, Error error, CancellationToken cancellation)
    {
        await notices.MissedAsync(stored.It, due.DueOn, error, cancellation);
        return await PassAsync(stored, due.DueOn, new PeriodicResult(due.DueOn, PeriodicOutcome.Missed, Now, null, error.Code), cancellation);
    }

    /// <summary>A due date is done with, one way or the other; it counts towards the number of transfers (TRF-41).</summary>
    private async Task<StoredPeriodic?> PassAsync(StoredPeriodic stored, LocalDate dueOn, PeriodicResult result, CancellationToken cancellation)
    {
        var passed = stored.It.Passed + 1;
        var following = stored.It.Terms.Count <= passed ? null : PeriodicSchedule.FirstFrom(stored.It.Terms, dueOn.PlusDays(1));
        return await table.ChangeAsync(
            stored,
            stored.It with
            {
                Passed = passed,
                LastDue = dueOn,
                LastResult = result,
                Running = null,
                Next = following is { } date ? PeriodicSchedule.FirstTry(date) : null,
                State = following is null ? PeriodicTransferState.Finished : PeriodicTransferState.Active,
            },
            cancellation);
    }
}

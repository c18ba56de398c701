using System.Globalization;
using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>Carries one collection of an automatic contribution to its end; the timer, a message that comes twice, and whoever changes the settings go it.</summary>
/// <remarks>
/// What is collected is written into the fund first. The transfer's id is made of fund, due date and attempt; a refused attempt is given up only after its journal was voided, so that it can
/// never be booked beside the transfer of a later one.
/// </remarks>
internal sealed class ContributionCourse(FundTable table, SendTransfer transfers, VoidJournal voidJournal, FundRules rules, FundNotices notices, BankCalendar calendar)
{
    /// <summary>Begins the collection that is due, at the current rate.</summary>
    /// <returns>Null when somebody else changed the fund meanwhile; or as recorded when nothing can be collected from the account now.</returns>
    public async Task<StoredFund?> BeginAsync(StoredFund stored, CancellationToken cancellation)
    {
        var (it, authorisation, next) = (stored.It, stored.It.Authorisation!, stored.It.Authorisation!.Next!);
        var priced = await rules.PriceAsync(it, authorisation.From, authorisation.Amount, cancellation);
        return priced.IsSuccess
            ? await ChangeAsync(
                stored, authorisation with { Running = new ContributionRun(next.DueOn, next.Attempt, next.Interruptions, priced.Value.Terms, it.EmailNotice) }, cancellation)
            : await FailAsync(stored, next, priced.Error, cancellation);
    }

    /// <summary>Makes the transfer of a collection that was begun, and records how it ended.</summary>
    /// <returns>As recorded; null when it stays as it is: somebody else recorded it, or the account was too busy and the next run tries again.</returns>
    public async Task<StoredFund?> CarryThroughAsync(StoredFund stored, CancellationToken cancellation)
    {
        var (it, run) = (stored.It, stored.It.Authorisation!.Running!);
        var order = OrderOf(it, run);
        var sent = await transfers.RunAsync(order, cancellation);
        if (sent.IsSuccess)
            return await CollectedAsync(stored, run, order.Id, cancellation);
        if (sent.Error is AccountBusy)
            return null;

        // Another run of this attempt may have been luckier: then the money has moved.
        var voided = await voidJournal.RunAsync(new TransactionId(order.Id.Value), run.Terms.From, cancellation);
        if (voided.Value == VoidOutcome.AlreadyPosted)
            return await CollectedAsync(stored, run, order.Id, cancellation);
        if (sent.Error is TransferInterrupted or TransactionVoided)
        {
            // Ended by a sweeper, or given up by another run of this attempt that has yet to record it: at once again, under another id.
            var again = it.Authorisation!.Next! with { Interruptions = run.Interruptions + 1 };
            return await ChangeAsync(stored, it.Authorisation! with { Running = null, Next = again }, cancellation);
        }

        return await FailAsync(stored, it.Authorisation!.Next!, sent.Error, cancellation);
    }

    private static TransferOrder OrderOf(PrivateFund it, ContributionRun run)
    {
        var id = TransferId.Derive(
            it.Customer, "pension_fund", it.Id.ToString("N"), run.DueOn.ToString("uuuuMMdd", CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"{run.Attempt}.{run.Interruptions}"));
        var name = id.Value.ToString("N");
        return new TransferOrder(id, TransferKind.Pension, it.Customer, IdempotencyKey.Of(name), name, run.Terms, OrderingDevice.Bank)
        {
            Origin = FundOrigins.Of(it.Id, FundContributionKind.Automatic),
            Wishes = run.EmailNotice ? new TransferWishes(EmailDetails: true) : null,
        };
    }

    private async Task<StoredFund?> CollectedAsync(StoredFund stored, ContributionRun run, TransferId transfer, CancellationToken cancellation)
    {
        await notices.CollectedAsync(stored.It, run, cancellation);
        var authorisation = stored.It.Authorisation!;
        return await ChangeAsync(
            stored, Pass(authorisation, run.DueOn) with { Skipped = 0, LastResult = new ContributionResult(run.DueOn, ContributionOutcome.Collected, rules.Now, transfer, null) }, cancellation);
    }

    /// <summary>Tried again on the next working day, or skipped without debt (LDP-28).</summary>
    private async Task<StoredFund?> FailAsync(StoredFund stored, ContributionDue due, Error error, CancellationToken cancellation)
    {
        var authorisation = stored.It.Authorisation!;
        if (due.Attempt < ContributionCalendar.RetriesAtMost)
        {
            var again = ContributionCalendar.RunAt(calendar.SameOrNext(rules.Today.PlusDays(1)));
            await notices.FailedAsync(stored.It, due, again, error, cancellation);
            return await ChangeAsync(stored, authorisation with { Running = null, Next = new ContributionDue(due.DueOn, due.Attempt + 1, again) }, cancellation);
        }

        await notices.SkippedAsync(stored.It, due.DueOn, error, cancellation);
        var skipped = Pass(authorisation, due.DueOn) with
        {
            Skipped = authorisation.Skipped + 1,
            LastResult = new ContributionResult(due.DueOn, ContributionOutcome.Skipped, rules.Now, null, error.Code),
        };
        if (skipped.Skipped >= ContributionCalendar.SkippedAtMost && skipped.State == FundAuthorisationState.Active)
        {
            await notices.SuspendedAsync(stored.It, due.DueOn, cancellation);
            skipped = skipped with { State = FundAuthorisationState.Suspended, Next = null };
        }

        return await ChangeAsync(stored, skipped, cancellation);
    }

    /// <summary>A due date is done with, one way or the other.</summary>
    private static FundAuthorisation Pass(FundAuthorisation authorisation, LocalDate dueOn)
    {
        var following = ContributionCalendar.FirstFrom(authorisation.PaymentDate, authorisation.FrequencyMonths, authorisation.EndsOn, dueOn.PlusDays(1));
        return authorisation with
        {
            Running = null,
            Next = following is { } date ? ContributionCalendar.FirstTry(date) : null,
            State = following is null ? FundAuthorisationState.Finished : FundAuthorisationState.Active,
        };
    }

    private Task<StoredFund?> ChangeAsync(StoredFund stored, FundAuthorisation to, CancellationToken cancellation) =>
        table.ReplaceAsync(stored, stored.It with { Authorisation = to }, cancellation);
}

using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Changes an active standing transfer; what was executed stays as it is (TRF-31).</summary>
public sealed class ModifyPeriodicTransfer
{
    private readonly PeriodicRules rules;
    private readonly PeriodicTable table;
    private readonly PeriodicCourse course;

    internal ModifyPeriodicTransfer(PeriodicRules rules, PeriodicTable table, PeriodicCourse course) =>
        (this.rules, this.table, this.course) = (rules, table, course);

    /// <param name="change">From the terms there are to the terms wanted; may be called again when another change came between.</param>
    /// <returns>Or, first match: <see cref="PeriodicTransferNotFound"/>, <see cref="PeriodicTransferEnded"/>, <see cref="AccountBusy"/> (an execution is
    /// under way), <see cref="PeriodicPayeeNotOne"/> (the other customer stays), the errors of <see cref="PeriodicRules"/>, <see cref="EndDateTooEarly"/>.</returns>
    public async Task<Result<PeriodicTransfer>> RunAsync(
        CustomerId customer, PeriodicTransferId id, Func<PeriodicTerms, PeriodicTerms> change, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(customer, id, cancellation) is not { } stored)
                return new PeriodicTransferNotFound();
            if (stored.It is { State: not PeriodicTransferState.Active, State: var state })
                return new PeriodicTransferEnded(state);
            if (stored.It.Running is not null)
            {
                if (await course.CarryThroughAsync(stored, cancellation) is null && await IsStillRunningAsync(stored, cancellation))
                    return new AccountBusy();
                continue;
            }

            var before = stored.It.Terms;
            var wanted = change(before);
            if (stored.It.Kind != TransferKind.Own && wanted.To != before.To)
                return new InvalidInput([new PeriodicPayeeNotOne("/toAccountId")]);
            var terms = await rules.CheckAsync(customer, stored.It.Kind, wanted, before, stored.It.Passed, cancellation);
            if (!terms.IsSuccess)
                return terms.Error;
            if (NextOf(stored.It, terms.Value) is not { } next)
                return new InvalidInput([new EndDateTooEarly("/endDate")]);
            if (await table.ChangeAsync(stored, stored.It with { Terms = terms.Value, Next = next }, cancellation) is { } changed)
                return changed.It;
        }
    }

    /// <summary>What is due stays due when the new schedule has its date; else the first date of the new schedule from today on.</summary>
    private PeriodicOccurrence? NextOf(PeriodicTransfer it, PeriodicTerms terms)
    {
        var next = it.Next!;
        if (PeriodicSchedule.FirstFrom(terms, next.DueOn) == next.DueOn && (terms.StartsOn == it.Terms.StartsOn || terms.StartsOn == next.DueOn))
            return next;
        var from = it.LastDue is { } last && last >= rules.Today ? last.PlusDays(1) : rules.Today;
        return PeriodicSchedule.FirstFrom(terms, from) is { } date ? PeriodicSchedule.FirstTry(date) : null;
    }

    private async Task<bool> IsStillRunningAsync(StoredPeriodic stored, CancellationToken cancellation) =>
        (await table.FindAsync(stored.It.Customer, stored.It.Id, cancellation))?.It.Running == stored.It.Running;
}

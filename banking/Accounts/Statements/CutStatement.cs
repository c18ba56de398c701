using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Finds which entries of an account a period has, within the limits of statements (ACC-06, ACC-19).</summary>
public sealed class CutStatement(FindAccount accounts, FindSequence sequences, TimeProvider time)
{
    public const int MonthsAtMost = 12;

    /// <returns>The account and the stretch. Or <see cref="AccountNotFound"/>; or, all together: <see cref="EndBeforeStart"/>, <see cref="DateInFuture"/>,
    /// <see cref="RangeTooLong"/>, <see cref="StartBeforeOpening"/>.</returns>
    public async Task<Result<(Account Account, StatementSpan Span)>> RunAsync(
        CustomerId customer, AccountId id, LocalDate start, LocalDate end, string startField, string endField, CancellationToken cancellation)
    {
        var found = await accounts.RunAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var account = found.Value;
        var openedOn = account.OpenedAt.InZone(BankTime.Tirane).Date;
        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        var faults = new List<Invalid>();
        if (end < start)
            faults.Add(new EndBeforeStart(endField));
        if (end > today)
            faults.Add(new DateInFuture(endField));
        if (end >= start.PlusMonths(MonthsAtMost))
            faults.Add(new RangeTooLong(startField, MonthsAtMost));
        if (start < openedOn)
            faults.Add(new StartBeforeOpening(startField, openedOn));
        if (faults.Count > 0)
            return new InvalidInput(faults);

        var first = sequences.RunAsync(id, start, account.Sequence, cancellation);
        var next = sequences.RunAsync(id, end.PlusDays(1), account.Sequence, cancellation);
        return (account, new StatementSpan(id, start, end, await first, await next - 1));
    }
}

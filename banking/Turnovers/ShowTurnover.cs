using System.Globalization;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Turnovers;

/// <summary>What went through an account in a period.</summary>
/// <param name="Credits">The sum of what was added; zero or positive.</param>
/// <param name="Debits">The sum of what was taken; zero or negative.</param>
/// <param name="Entries">Newest first.</param>
public sealed record AccountTurnover(StatementSpan Span, Money Opening, Money Closing, Money Credits, Money Debits, Page<Entry> Entries);

/// <summary>The turnover of an account for a period (EKL-21).</summary>
public sealed class ShowTurnover
{
    private readonly CutStatement cut;
    private readonly ReadStatement read;
    private readonly TimeProvider time;

    internal ShowTurnover(CutStatement cut, ReadStatement read, TimeProvider time) => (this.cut, this.read, this.time) = (cut, read, time);

    /// <returns>Or the errors of <see cref="CutStatement"/>. Reads the whole period, because the sums are over all of it.</returns>
    public async Task<Result<AccountTurnover>> RunAsync(
        CustomerId customer, AccountId account, LocalDate start, LocalDate end, PageRequest page, CancellationToken cancellation)
    {
        var found = await cut.RunAsync(customer, account, start, end, "startDate", "endDate", cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var span = found.Value.Span;
        var reference = new StatementReference(account, start, end, span.First, span.Last, Instant.FromDateTimeOffset(time.GetUtcNow()), StatementFormat.Pdf);
        return (await read.RunAsync(customer, reference, cancellation)).Then<AccountTurnover>(statement => new AccountTurnover(
            span, statement.Opening, statement.Closing, statement.Credits, statement.Debits, Cut(statement.Entries, page)));
    }

    private static Page<Entry> Cut(IReadOnlyList<Entry> oldestFirst, PageRequest page)
    {
        var before = page.After is { } last ? long.Parse(last, CultureInfo.InvariantCulture) : long.MaxValue;
        var rest = oldestFirst.Reverse().Where(entry => entry.Sequence < before).Take(page.Limit + 1).ToArray();
        var items = rest.Take(page.Limit).ToArray();
        return new Page<Entry>(items, rest.Length > items.Length ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }
}

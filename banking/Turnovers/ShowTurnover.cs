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
    private readonly ReadEntries entries;
    private readonly TimeProvider time;

    internal ShowTurnover(CutStatement cut, ReadStatement read, ReadEntries entries, TimeProvider time) =>
        (this.cut, this.read, this.entries, this.time) = (cut, read, entries, time);

    /// <param name="page">A later page goes on with the period and the sums of the first: it reads its own entries and nothing else.</param>
    /// <returns>Or the errors of <see cref="CutStatement"/>.</returns>
    /// <remarks>The first page reads the period's entries once, for the sums, and is cut from them.</remarks>
    public async Task<Result<AccountTurnover>> RunAsync(
        CustomerId customer, AccountId account, LocalDate start, LocalDate end, PageRequest page, CancellationToken cancellation)
    {
        if (page.After is { } next)
            return await NextAsync(TurnoverCursor.Read(next), new(account, start, end, 0, 0), page.Limit, cancellation);

        var found = await cut.RunAsync(customer, account, start, end, "startDate", "endDate", cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var span = found.Value.Span;
        var reference = new StatementReference(account, start, end, span.First, span.Last, Instant.FromDateTimeOffset(time.GetUtcNow()), StatementFormat.Pdf);
        return (await read.RunAsync(customer, reference, cancellation)).Then<AccountTurnover>(statement =>
        {
            var sums = new TurnoverCursor(span.Last + 1, span.First, span.Last, statement.Opening, statement.Closing, statement.Credits, statement.Debits);
            return PageOf(span, sums, [.. statement.Entries.Reverse().Take(page.Limit)]);
        });
    }

    /// <summary>One storage call. Only the owner can have been given the cursor, and an account never changes hands.</summary>
    private async Task<AccountTurnover> NextAsync(TurnoverCursor cursor, StatementSpan period, int limit, CancellationToken cancellation) => PageOf(
        period with { First = cursor.First, Last = cursor.Last }, cursor,
        await entries.RunAsync(period.Account, cursor.Before, (int)Math.Min(limit, cursor.Before - cursor.First), cancellation));

    /// <summary>Numbers have no gaps, so the last one tells whether there is more without asking.</summary>
    private static AccountTurnover PageOf(StatementSpan span, TurnoverCursor cursor, IReadOnlyList<Entry> items) => new(
        span, cursor.Opening, cursor.Closing, cursor.Credits, cursor.Debits,
        new Page<Entry>(items, items.Count > 0 && items[^1].Sequence > span.First ? (cursor with { Before = items[^1].Sequence }).Write() : null));
}

/// <summary>Where the next page of a turnover begins, and what its first page found: what is booked later moves neither.</summary>
/// <param name="Before">Number of the last entry already shown.</param>
/// <param name="First">Number of the period's first entry.</param>
internal sealed record TurnoverCursor(long Before, long First, long Last, Money Opening, Money Closing, Money Credits, Money Debits)
{
    public string Write() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Opening.Currency.Code} {Before} {First} {Last} {Opening.Minor} {Closing.Minor} {Credits.Minor} {Debits.Minor}");

    public static TurnoverCursor Read(string text)
    {
        var parts = text.Split(' ');
        var currency = Currency.Of(parts[0]);
        var numbers = parts.Skip(1).Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new TurnoverCursor(
            numbers[0], numbers[1], numbers[2], Money.OfMinor(numbers[3], currency), Money.OfMinor(numbers[4], currency), Money.OfMinor(numbers[5], currency),
            Money.OfMinor(numbers[6], currency));
    }
}

using System.Globalization;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>A page of a period's lines, with what was there before and after the period.</summary>
/// <param name="Lines">How many the period has.</param>
public sealed record StatementPage(StatementSpan Span, Money Opening, Money Closing, long Lines, Page<Entry> Page);

/// <summary>Shows the statement of a period inside the app (ACC-06).</summary>
public sealed class ShowStatement(CutStatement cut, ReadStatement read, ReadEntries entries)
{
    /// <returns>Newest first; or the errors of <see cref="CutStatement"/>.</returns>
    public async Task<Result<StatementPage>> RunAsync(
        CustomerId customer, AccountId account, LocalDate start, LocalDate end, PageRequest page, CancellationToken cancellation)
    {
        var found = await cut.RunAsync(customer, account, start, end, "startDate", "endDate", cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var span = found.Value.Span;
        var balances = read.BalancesAsync(found.Value.Account, span, cancellation);
        var before = page.After is { } last ? long.Parse(last, CultureInfo.InvariantCulture) : span.Last + 1;
        var count = (int)Math.Min(Math.Min(page.Limit, ReadEntries.PageAtMost), before - span.First);
        var items = count > 0 ? await entries.RunAsync(account, before, count, cancellation) : [];
        var next = items.Count > 0 && items[^1].Sequence > span.First ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        var (opening, closing) = await balances;
        return new StatementPage(span, opening, closing, span.Count, new Page<Entry>(items, next));
    }
}

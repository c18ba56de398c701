using Microsoft.Extensions.Logging;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Accounts;

/// <param name="Totals">One amount per currency, in the currencies' alphabetical order.</param>
public sealed record FinanceSummary(IReadOnlyList<Money> Totals, IReadOnlyList<SummarySection> Sections);

/// <summary>Everything that a customer owns and owes, on one page (ACC-02).</summary>
public sealed partial class ShowSummary(IEnumerable<ISummarySource> sources, TimeProvider time, ILogger<ShowSummary> log)
{
    /// <summary>A page that waits longer for one part serves nobody.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ILookup<SummarySectionName, ISummarySource> bySection = sources.ToLookup(source => source.Section);

    /// <returns>Every section, in the page's order.</returns>
    public async Task<FinanceSummary> RunAsync(CustomerId customer, Language language, CancellationToken cancellation)
    {
        var sections = await Task.WhenAll(Enum.GetValues<SummarySectionName>().Select(name => ReadAsync(name, customer, language, cancellation)));
        var totals = sections.SelectMany(section => section.Items).Select(item => item.Amount).OfType<Money>()
            .GroupBy(amount => amount.Currency)
            .OrderBy(same => same.Key.Code, StringComparer.Ordinal)
            .Select(same => same.Aggregate((total, amount) => total + amount));
        return new FinanceSummary([.. totals], sections);
    }

    private async Task<SummarySection> ReadAsync(SummarySectionName name, CustomerId customer, Language language, CancellationToken cancellation)
    {
        if (!bySection.Contains(name))
            return new SummarySection(name, SummaryState.NotOffered, []);
        try
        {
            var items = await Task.WhenAll(bySection[name].Select(source => source.ListAsync(customer, language, cancellation)))
                .WaitAsync(Patience, time, cancellation);
            return new SummarySection(name, SummaryState.Available, [.. items.SelectMany(some => some)]);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogUnavailable(name, e);
            return new SummarySection(name, SummaryState.Unavailable, []);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The summary goes without its section {Section}")]
    private partial void LogUnavailable(SummarySectionName section, Exception exception);
}

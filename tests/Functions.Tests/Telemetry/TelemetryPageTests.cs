using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Serverless.Banking;
using Serverless.Functions.Telemetry;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>docs/telemetry.md against the code.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/telemetry.md"));

    [Fact]
    public void Every_instrument_is_on_the_page_with_its_kind_unit_and_meaning()
    {
        using var figures = BankFigures.OfNone();

        var told = figures.Instruments.Select(one => $"{one.Name} {Kind(one)} {one.Unit} {one.Description}").Order(StringComparer.Ordinal);

        Assert.Equal(told, InstrumentRow().Matches(Page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value} {row.Groups[5].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_attribute_that_a_span_keeps_is_on_the_page() => Assert.All(SpanPrivacy.Kept, name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal));

    [Fact]
    public void Gauges_tell_what_was_found_last_and_amounts_are_told_by_their_buckets_only()
    {
        using var figures = BankFigures.OfNone();

        figures.Bank.Swept("journals", 3, TimeSpan.FromSeconds(90));
        figures.Bank.Swept("journals", 1, TimeSpan.FromSeconds(30));
        figures.Bank.Swept("outbox", 2);
        figures.Bank.InFlight([All("99.99"), All("100.00"), All("100.01"), Money.OfMinor(2_000_000, Currency.Of("JPY"))]);
        figures.Bank.Waiting("PreferentialRate", [DayOfWeek.Friday, DayOfWeek.Friday, DayOfWeek.Monday]);
        figures.Bank.Waiting("PreferentialRate", [DayOfWeek.Friday]);

        Assert.Equal(
            [
                "bank.money.in_flight 1 bank.currency=ALL bank.amount.bucket=up_to_1000",
                "bank.money.in_flight 1 bank.currency=JPY bank.amount.bucket=above_1000000",
                "bank.money.in_flight 2 bank.currency=ALL bank.amount.bucket=up_to_100",
                "bank.orchestrations.waiting 1 bank.orchestration.kind=PreferentialRate bank.orchestration.step=friday",
                "bank.sweep.backlog 1 bank.sweep=journals",
                "bank.sweep.backlog 2 bank.sweep=outbox",
                "bank.sweep.oldest 30 bank.sweep=journals",
            ],
            figures.Observe());
    }

    [Fact]
    public void No_figure_is_a_measured_amount()
    {
        using var figures = BankFigures.OfNone();

        figures.Bank.Transfer("inside", "settled", All("641.93"));
        figures.Bank.Bill("paid", amount: All("1707.46"));

        Assert.Equal(
            ["bank.bills 1 bank.outcome=paid bank.currency=ALL bank.amount.bucket=up_to_10000", "bank.transfers 1 bank.transfer.kind=inside bank.outcome=settled bank.currency=ALL bank.amount.bucket=up_to_1000"],
            figures.Observe());
    }

    private static Money All(string amount) => Money.Find(amount, Currency.All)!;

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "ObservableGauge" => "gauge",
        var name => name.ToLowerInvariant(),
    };

    [GeneratedRegex(@"^\| `(bank\.[a-z_.]+)` \| (\w+) \| `([^`]+)` \| ([^|]*) \| ([^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex InstrumentRow();
}

using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Fx;

/// <summary>A business day without a board, and the feed that makes one (FX-21, FX-22).</summary>
[Collection(FxBank.Name)]
public sealed class StaleRatesTests(FxBank scene)
{
    [Fact, Requirement("FX-21"), Requirement("FX-22")]
    public async Task Without_a_board_of_the_day_rates_are_shown_as_old_nothing_is_exchanged_the_treasury_is_told_once_and_the_feed_makes_one()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var (lek, euro) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("10.00", "EUR"));
        await NextBusinessDayAsync();
        arta = await scene.SignInAsync(arta.Number);

        var rates = await arta.GetAsync("v1/fx/rates");
        Assert.True((bool)rates.Json["old"]! && (bool)(await arta.GetAsync("v1/fx/cross-rates")).Json["old"]!, rates.Text);
        Assert.Contains("98.90", rates.Text, StringComparison.Ordinal);
        Assert.True((bool)(await arta.GetAsync("v1/fx/calculation?from=EUR&to=ALL&amount=1.00")).Json["old"]!);
        Assert.Equal("422 rates_stale", (await FxBank.QuoteAsync(arta, "sell", euro, lek, "1.00", "EUR")).ToString());
        Assert.Equal("422 rates_stale", (await FxBank.QuoteAsync(arta, "buy", lek, euro, "1.00", "EUR")).ToString());
        Assert.Equal("422 rates_stale", (await arta.GetAsync("v1/fx/currencies?operation=buy")).ToString());

        // The feed is broken, old, of tomorrow, incomplete, implausible: nothing is imported, and the treasury is told once.
        var today = DateOnly.FromDateTime(scene.Now.UtcDateTime);
        string[] bad =
        [
            """{"broken":true}""", $$"""{"date":"{{today.AddDays(-6):yyyy-MM-dd}}"}""", $$"""{"date":"{{today.AddDays(1):yyyy-MM-dd}}"}""",
            """{"missing":["ALL"]}""", """{"missing":["USD"]}""", """{"rates":{"USD":"11.785"}}""", """{"rates":{"USD":"minus"}}""",
        ];
        var told = (await scene.MailsAsync()).Length;
        foreach (var state in bad)
        {
            await scene.FeedAsync(state);
            await scene.Bank.Host.FireTimerAsync("Fx_ImportRates");
            await scene.Bank.Host.FireTimerAsync("Fx_AlertStaleRates");
            Assert.True((bool)(await arta.GetAsync("v1/fx/rates")).Json["old"]!, state);
        }

        Assert.Equal(told + 1, (await scene.MailsAsync()).Length);

        // A good one, twice: one board, with the bank's spreads, and exchange goes on. Then the treasury replaces it.
        await scene.FeedAsync("""{"rates":{"USD":"1.2000"}}""");
        await scene.Bank.Host.FireTimerAsync("Fx_ImportRates");
        await scene.Bank.Host.FireTimerAsync("Fx_ImportRates");
        await scene.Bank.Host.FireTimerAsync("Fx_AlertStaleRates");
        var boards = (await scene.Bank.CallAsync("GET", "backoffice/v1/fx/boards?limit=2", token: await scene.DealerAsync())).Json["items"]!.AsArray();
        Assert.Equal(["feed", "treasury"], boards.Select(board => (string)board!["origin"]!));
        rates = await arta.GetAsync("v1/fx/rates");
        Assert.Equal("False", $"{rates.Json["old"]}", ignoreCase: true);
        Assert.Equal(
            ["AUD 53.80 55.60", "CAD 59.40 61.30", "CHF 103.60 106.20", "EUR 97.20 98.90", "GBP 111.50 114.40", "USD 80.61 82.81"],
            rates.Json["rates"]!.AsArray().Select(rate => $"{rate!["code"]} {rate["buy"]} {rate["sell"]}"));
        Assert.Equal("-1.00 EUR +97.20 ALL at 97.20", FxBank.Sides(await FxBank.QuoteAsync(arta, "sell", euro, lek, "1.00", "EUR")));
        Assert.Equal(told + 1, (await scene.MailsAsync()).Length);
        await scene.FeedAsync("{}");

        // What is published serves every other capability too: opening a savings account with another currency.
        await scene.PublishAsync(FxBank.Usual.Replace("98.90", "99.50", StringComparison.Ordinal));
        var opening = await arta.PostAsync("v1/accounts/openings/savings/quotes", new JsonObject
        {
            ["currency"] = "EUR",
            ["name"] = "Kursime",
            ["fundingAccountId"] = lek.Id,
            ["initialAmount"] = Sender.Money("15.00", "EUR"),
        });
        Assert.True(opening.Status == 200, opening.ToString());
        Assert.Equal("1492.50 ALL", Sender.Amount(opening.Json["funding"]!["debit"]));
    }

    private async Task NextBusinessDayAsync()
    {
        var day = scene.Now.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        await scene.Bank.AdvanceAsync(day - scene.Now, asleep: true);
    }
}

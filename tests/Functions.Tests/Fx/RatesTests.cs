using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Fx;

/// <summary>Boards, what is shown of them, and the calculator (FX-02 to FX-05, FX-20 to FX-22).</summary>
[Collection(FxBank.Name)]
public sealed class RatesTests(FxBank scene)
{
    [Fact, Requirement("FX-02"), Requirement("FX-03"), Requirement("FX-21"), ProvesRace("Fx_PublishBoard")]
    public async Task A_published_board_replaces_the_last_from_its_moment_on_and_is_never_edited()
    {
        var arta = await scene.CustomerAsync();
        await scene.OpenAsync();
        using var dealer = scene.Bank.Client(await scene.DealerAsync());
        var board = FxBank.Usual.Replace("97.20", "97.10", StringComparison.Ordinal);
        var race = await RaceHarness.SameKeyAsync(RaceCall.Post(dealer, "api/backoffice/v1/fx/boards", board), async () => (await BoardsAsync("97.10")).Length);

        var rates = await arta.CallAsync("GET", "v1/fx/rates");
        Assert.Equal("False", $"{rates.Json["old"]}", ignoreCase: true);
        var euro = rates.Json["rates"]!.AsArray().Single(rate => (string)rate!["code"]! == "EUR")!;
        Assert.Equal($"EUR Euro 97.10 98.90 {race.Json["validFrom"]}", $"{euro["code"]} {euro["name"]} {euro["buy"]} {euro["sell"]} {euro["validFrom"]}");
        var crosses = (await arta.GetAsync("v1/fx/cross-rates")).Json["rates"]!.AsArray();
        Assert.Equal(6, crosses.Count);
        var cross = crosses.Single(rate => $"{rate!["base"]}{rate["counter"]}" == "EURUSD")!;

        // 97.10 / 84.30 rounded down, 98.90 / 82.10 rounded up.
        Assert.Equal("1.151838 1.204629", $"{cross["buy"]} {cross["sell"]}");

        // One that begins in an hour changes nothing yet; there is no way to change or take one back.
        var later = await scene.PublishAsync(FxBank.Usual.Replace("\"rates\"", $"\"validFrom\":\"{scene.Now.AddHours(1).UtcDateTime:O}\",\"rates\"", StringComparison.Ordinal).Replace("84.30", "84.40", StringComparison.Ordinal));
        Assert.Equal(201, later.Status);
        Assert.Contains("84.30", (await arta.GetAsync("v1/fx/rates")).Text, StringComparison.Ordinal);
        Assert.Equal("422 idempotency_key_reused", (await ReusedAsync()).ToString());
        Assert.Single(await BoardsAsync("97.10"));

        async Task<Answer> ReusedAsync()
        {
            await scene.PublishAsync(key: "one-board");
            return await scene.PublishAsync(board, "one-board");
        }
    }

    [Fact, Requirement("FX-21")]
    public async Task A_board_is_refused_with_buying_above_selling_without_euro_twice_the_same_or_in_the_past_and_published_by_the_treasury_alone()
    {
        static string Board(params string[] rates) => $$"""{"rates":[{{string.Join(',', rates)}}]}""";
        static string Rate(string currency, string buy, string sell) => $$"""{"currency":"{{currency}}","buy":"{{buy}}","sell":"{{sell}}"}""";

        Assert.Equal("400 invalid_input\n/rates/0/buy board_rate_crossed", (await scene.PublishAsync(Board(Rate("EUR", "98.91", "98.90")))).ToString());
        Assert.Equal("400 invalid_input\n/rates/1/currency board_currency_wrong", (await scene.PublishAsync(Board(Rate("EUR", "97", "98"), Rate("EUR", "97", "98")))).ToString());
        Assert.Equal("400 invalid_input\n/rates/1/currency board_currency_wrong", (await scene.PublishAsync(Board(Rate("EUR", "97", "98"), Rate("ALL", "1", "1")))).ToString());
        Assert.Equal("400 invalid_input\n/rates/0/buy rate_malformed", (await scene.PublishAsync(Board(Rate("EUR", "0", "98")))).ToString());
        Assert.Equal("400 invalid_input\n/rates board_without_euro", (await scene.PublishAsync(Board(Rate("USD", "82", "84")))).ToString());
        Assert.Equal(
            "400 invalid_input\n/validFrom board_in_the_past",
            (await scene.PublishAsync(FxBank.Usual.Replace("\"rates\"", "\"validFrom\":\"2027-03-01T10:00:00Z\",\"rates\"", StringComparison.Ordinal))).ToString());
        Assert.Equal(201, (await scene.PublishAsync(Board(Rate("EUR", "98.90", "98.90")))).Status);
        var teller = await scene.Bank.CallAsync("POST", "backoffice/v1/fx/boards", FxBank.Usual, await scene.TellerAsync(), TransferBank.WithKey());
        Assert.Equal(403, teller.Status);
    }

    [Fact, Requirement("FX-04"), Requirement("FX-05"), Requirement("FX-20")]
    public async Task The_calculator_answers_from_either_side_rounded_in_the_banks_favour_and_currencies_are_searched_by_code_and_name()
    {
        var arta = await scene.CustomerAsync();
        await arta.OpenAccountAsync("0.00", "USD");
        await scene.OpenAsync();
        async Task<string> CalculateAsync(string query) => FxBank.Sides(await arta.GetAsync($"v1/fx/calculation?{query}"));

        Assert.Equal("-9890.00 ALL +100.00 EUR at 98.90", await CalculateAsync("from=ALL&to=EUR&amount=100.00&side=to"));
        Assert.Equal("-9890.01 ALL +100.00 EUR at 98.90", await CalculateAsync("from=ALL&to=EUR&amount=9890.01"));
        Assert.Equal("-100.00 EUR +9720.00 ALL at 97.20", await CalculateAsync("from=EUR&to=ALL&amount=100.00"));
        Assert.Equal("-1.01 EUR +98.00 ALL at 97.20", await CalculateAsync("from=EUR&to=ALL&amount=98.00&side=to"));
        Assert.Equal("-1.21 USD +1.00 EUR at 1.204629", await CalculateAsync("from=USD&to=EUR&amount=1.00&side=to"));
        Assert.Equal("-186 JPY +1.00 EUR at 185.449091", await CalculateAsync("from=JPY&to=EUR&amount=1.00&side=to"));
        Assert.Equal("400 invalid_input\nto currencies_equal", await CalculateAsync("from=EUR&to=EUR&amount=1.00"));
        Assert.Equal("400 invalid_input\nto currency_unknown", await CalculateAsync("from=EUR&to=XXX&amount=1.00"));
        Assert.Equal("400 invalid_input\nto currency_without_rate", await CalculateAsync("from=EUR&to=SEK&amount=1.00"));
        Assert.Equal("400 invalid_input\namount amount_not_positive", await CalculateAsync("from=EUR&to=ALL&amount=0.00"));
        Assert.Equal("400 invalid_input\namount amount_not_positive", await CalculateAsync("from=EUR&to=ALL&amount=-1.00"));

        async Task<string> CurrenciesAsync(string query) => string.Join(' ', (await arta.GetAsync($"v1/fx/currencies?{query}")).Json["currencies"]!.AsArray()
            .Select(one => $"{one!["code"]}{(one["hasAccount"]!.GetValue<bool>() ? "+" : "-")}"));
        Assert.Equal("EUR- JPY- USD+", await CurrenciesAsync("operation=buy"));
        Assert.Equal("USD+", await CurrenciesAsync("operation=sell&search=DOLLAR"));
        Assert.Equal("JPY-", await CurrenciesAsync("operation=convert&search=jp"));
        Assert.Equal("", await CurrenciesAsync("operation=convert&search=lek"));
    }

    private async Task<JsonNode[]> BoardsAsync(string buying) =>
        [.. (await scene.Bank.CallAsync("GET", "backoffice/v1/fx/boards?limit=100", token: await scene.DealerAsync())).Json["items"]!.AsArray()
            .Where(board => (string)board!["rates"]![0]!["buy"]! == buying).Select(board => board!)];
}

using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Fx;

/// <summary>Buying, selling and converting at the current rate (FX-06 to FX-09, FX-20).</summary>
[Collection(FxBank.Name)]
public sealed class ExchangeTests(FxBank scene)
{
    [Fact, Requirement("FX-06"), Requirement("FX-07"), Requirement("FX-08"), Requirement("FX-09"), Requirement("FX-20"), ProvesRace("Fx_Confirm")]
    public async Task What_was_shown_is_debited_and_credited_together_once()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var (lek, euro, dollar) = (await arta.OpenAccountAsync("20000.00"), await arta.OpenAccountAsync("0.00", "EUR"), await arta.OpenAccountAsync("100.00", "USD"));

        // Bought: the euros are exact, the lek are rounded up.
        var quote = await FxBank.QuoteAsync(arta, "buy", lek, euro, "33.33", "EUR", "Pushime");
        Assert.Equal("-3296.34 ALL +33.33 EUR at 98.90", FxBank.Sides(quote));
        Assert.Equal("False own_accounts", $"{quote.Json["confirmation"]!["required"]} {quote.Json["confirmation"]!["exemption"]}", ignoreCase: true);
        using var client = scene.Bank.Client(arta.Token);
        var call = RaceCall.Post(client, "api/v1/fx/exchanges", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString());
        var done = await RaceHarness.SameKeyAsync(call, async () => (await arta.EntriesAsync(euro)).Length);
        Assert.Equal("16703.66 ALL 33.33 EUR", $"{await arta.BalanceAsync(lek)} {await arta.BalanceAsync(euro)}");
        Assert.Equal("409 exchange_already_confirmed", (await FxBank.ConfirmAsync(arta, quote)).ToString());
        Assert.Equal(done.Text, (await arta.GetAsync($"v1/fx/exchanges/{done.Json["id"]}")).Text);
        var besa = await scene.CustomerAsync();
        Assert.Equal("404 exchange_not_found", (await besa.GetAsync($"v1/fx/exchanges/{done.Json["id"]}")).ToString());
        Assert.Equal("404 quote_not_found", (await FxBank.ConfirmAsync(besa, quote)).ToString());

        // Sold: the euros are exact, the lek are rounded down.
        var (sale, more) = (await FxBank.QuoteAsync(arta, "sell", euro, lek, "0.01", "EUR"), await FxBank.QuoteAsync(arta, "sell", euro, lek, "33.32", "EUR"));
        Assert.Equal("-0.01 EUR +0.97 ALL at 97.20", FxBank.Sides(sale));
        Assert.Equal("-33.32 EUR +3238.70 ALL at 97.20", FxBank.Sides(more));
        var other = new JsonObject { ["quoteId"] = (string)more.Json["quoteId"]! }.ToJsonString();
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, "api/v1/fx/exchanges", new JsonObject { ["quoteId"] = (string)sale.Json["quoteId"]! }.ToJsonString()), other,
            async () => (await arta.EntriesAsync(euro)).Length - 1);

        // Converted: the yen are exact, the dollars are rounded up from 1.00 at 84.30 / 82.10.
        var yen = await arta.OpenAccountAsync("0.00", "JPY");
        var conversion = await FxBank.QuoteAsync(arta, "convert", dollar, yen, "1000", "JPY");
        Assert.Equal("-6.68 USD +1000 JPY at 0.006672", FxBank.Sides(conversion));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(RaceCall.Post(client, "api/v1/fx/exchanges", new JsonObject { ["quoteId"] = (string)conversion.Json["quoteId"]! }.ToJsonString()), 4)],
            async () => (await arta.EntriesAsync(yen)).Length, "409 exchange_already_confirmed");
        Assert.Equal("93.32 USD 1000 JPY", $"{await arta.BalanceAsync(dollar)} {await arta.BalanceAsync(yen)}");

        // Four legs: every currency sums to zero. The history tells it, with a receipt.
        await scene.ProveAsync();
        var history = (await arta.GetAsync($"v1/operations?accounts={euro.Id}&state=booked")).Json["items"]!.AsArray();
        var bought = history.Single(one => (string?)one!["description"] == "Pushime")!;
        Assert.Equal("currency_exchange", (string?)bought["type"]);
        Assert.Equal(200, (await arta.GetAsync($"v1/operations/{bought["id"]}/receipt")).Status);
    }

    [Fact, Requirement("FX-06"), Requirement("FX-07"), Requirement("FX-08"), Requirement("FX-05")]
    public async Task What_cannot_be_exchanged_is_refused_when_it_is_prepared()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var (lek, euro, dollar) = (await arta.OpenAccountAsync("100.00"), await arta.OpenAccountAsync("10.00", "EUR"), await arta.OpenAccountAsync("10.00", "USD"));
        var besas = await (await scene.CustomerAsync()).OpenAccountAsync("0.00", "EUR");
        async Task<string> AskAsync(string operation, OpenedAccount from, OpenedAccount to, string amount, string currency) =>
            (await FxBank.QuoteAsync(arta, operation, from, to, amount, currency)).ToString().Split('\n')[^1];

        Assert.Equal("422 no_account_in_currency", await AskAsync("buy", lek, euro, "1000", "JPY"));
        Assert.Equal("422 account_currency_mismatch", await AskAsync("buy", lek, euro, "1.00", "USD"));
        Assert.Equal("422 insufficient_funds", await AskAsync("buy", lek, euro, "1.02", "EUR"));
        Assert.Equal("422 insufficient_funds", await AskAsync("sell", euro, lek, "10.01", "EUR"));
        Assert.Equal("422 insufficient_funds", await AskAsync("convert", euro, dollar, "100.00", "USD"));
        Assert.Equal("/amount/amount amount_not_positive", await AskAsync("buy", lek, euro, "0.00", "EUR"));
        Assert.Equal("/amount/currency exchange_currency_wrong", await AskAsync("sell", lek, euro, "1.00", "ALL"));
        Assert.Equal("/fromAccountId exchange_currency_wrong", await AskAsync("buy", dollar, euro, "1.00", "EUR"));
        Assert.Equal("/toAccountId exchange_currency_wrong", await AskAsync("sell", euro, dollar, "1.00", "EUR"));
        Assert.Equal("/fromAccountId exchange_currency_wrong", await AskAsync("convert", lek, euro, "1.00", "EUR"));
        Assert.Equal("404 account_not_found", await AskAsync("buy", lek, besas, "1.00", "EUR"));
        Assert.Equal("422 exchange_rate_missing", await AskAsync("sell", await arta.OpenAccountAsync("5.00", "CHF"), lek, "1.00", "CHF"));
        Assert.Equal("422 balance_too_large", await AskAsync("buy", lek, euro, "999999999999999.00", "EUR"));
    }

    /// <summary>Money that goes between the summary and the confirmation, and a rate that runs out.</summary>
    [Fact, Requirement("FX-09")]
    public async Task A_confirmation_without_money_or_after_five_minutes_moves_nothing()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var (lek, euro) = (await arta.OpenAccountAsync("10000.00"), await arta.OpenAccountAsync("0.00", "EUR"));
        var (first, second) = (await FxBank.QuoteAsync(arta, "buy", lek, euro, "100.00", "EUR"), await FxBank.QuoteAsync(arta, "buy", lek, euro, "100.00", "EUR"));
        var done = await FxBank.ConfirmAsync(arta, first, "first");
        Assert.Equal(201, done.Status);
        Assert.Equal("422 insufficient_funds", (await FxBank.ConfirmAsync(arta, second)).ToString());
        var third = await FxBank.QuoteAsync(arta, "sell", euro, lek, "1.00", "EUR");

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        arta = await scene.SignInAsync(arta.Number);
        Assert.Equal("409 quote_expired", (await FxBank.ConfirmAsync(arta, third)).ToString());
        Assert.Equal(done.Text, (await FxBank.ConfirmAsync(arta, first, "first")).Text);
        Assert.Equal("110.00 ALL 100.00 EUR", $"{await arta.BalanceAsync(lek)} {await arta.BalanceAsync(euro)}");
    }
}

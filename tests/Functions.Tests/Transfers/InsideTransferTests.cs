using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class InsideTransferTests(TransferBank scene) : IClassFixture<TransferBank>
{
    [Fact, Requirement("TRF-08"), Requirement("TRF-11")]
    public async Task Money_reaches_another_customer_at_once_and_each_side_sees_its_own_part()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));

        var sent = await arta.ConfirmAsync("inside", await arta.QuoteInsideAsync(from, to.Iban, "500.00", "Qira maj"));

        Assert.Equal("201 settled sent", $"{sent.Status} {sent.Json["state"]} {sent.Json["direction"]}");
        Assert.Equal("1500.00 ALL 500.00 ALL", $"{await arta.BalanceAsync(from)} {await besa.BalanceAsync(to)}");
        Assert.Equal(["500.00 ALL inside_transfer"], await besa.EntriesAsync(to));
        var received = await besa.GetOnceAsync($"v1/transfers/{sent.Json["id"]}");
        Assert.Equal(
            $"received Arta Hoxha 500.00 ALL Qira maj {to.Id}",
            $"{received.Json["direction"]} {received.Json["payerName"]} {Sender.Amount(received.Json["amount"])} {received.Json["description"]} {received.Json["toAccountId"]}");
        Assert.All(new[] { "fromAccountId", "debit", "fee", "total", "exchangeRate" }, member => Assert.Null(received.Json[member]));
        var drita = await scene.CustomerAsync();
        Assert.Equal("404 transfer_not_found", (await drita.GetAsync($"v1/transfers/{sent.Json["id"]}")).ToString());
    }

    [Theory, Requirement("TRF-11")]
    [InlineData("Besa Kola", "exact", "Besa Kola")]
    [InlineData("kola besa", "close", "B**** K****")]
    [InlineData("Besa Kolla", "close", "B**** K****")]
    [InlineData("Arben Duka", "none", "B**** K****")]
    [InlineData(null, null, "B**** K****")]
    public async Task The_name_is_compared_with_the_holders_and_shown_only_to_who_knew_it(string? name, string? match, string shown)
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));

        var quote = await arta.QuoteInsideAsync(from, null, "5.00", beneficiary: new JsonObject { ["account"] = to.Number, ["name"] = name });

        Assert.Equal($"{match} {shown}", $"{quote.Json["nameMatch"]} {quote.Json["beneficiary"]!["name"]}");
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-11")]
    public async Task Between_currencies_the_banks_rate_applies_and_is_part_of_the_summary()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("100.00", "EUR"), await besa.OpenAccountAsync("0.00"));

        // The sample settings buy EUR at 97.20.
        var quote = await arta.QuoteInsideAsync(from, to.Iban, "10.00");
        Assert.Equal(
            "10.00 EUR at 97.20 is 972.00 ALL",
            $"{Sender.Amount(quote.Json["debit"])} at {quote.Json["exchangeRate"]} is {Sender.Amount(quote.Json["amount"])}");
        Assert.Equal(201, (await arta.ConfirmAsync("inside", quote)).Status);

        Assert.Equal("90.00 EUR 972.00 ALL", $"{await arta.BalanceAsync(from)} {await besa.BalanceAsync(to)}");
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-11")]
    public async Task Whom_and_what_cannot_be_paid_is_refused_with_its_own_error()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));

        Assert.Equal("400 invalid_input\n/beneficiary/account iban_invalid", (await arta.QuoteInsideAsync(from, $"{to.Iban[..^1]}{(to.Iban[^1] == '1' ? 2 : 1)}", "5.00")).ToString());
        Assert.Equal("400 invalid_input\n/beneficiary/account iban_invalid", (await arta.QuoteInsideAsync(from, "DE8937040044053201300", "5.00")).ToString());
        var abroad = await arta.QuoteInsideAsync(from, "DE89370400440532013000", "5.00");
        Assert.Equal("422 not_this_bank international_transfer", $"{abroad} {abroad.Json["useInstead"]}");
        var national = await arta.QuoteInsideAsync(from, "AL47212110090000000235698741", "5.00");
        Assert.Equal("422 not_this_bank national_transfer", $"{national} {national.Json["useInstead"]}");
        Assert.Equal("404 payee_not_found", (await arta.QuoteInsideAsync(from, "0000000000000000", "5.00")).ToString());
        Assert.Equal("400 invalid_input\n/beneficiary same_account", (await arta.QuoteInsideAsync(from, from.Iban, "5.00")).ToString());
        Assert.Equal("400 invalid_input\n/description blank", (await arta.QuoteInsideAsync(from, to.Iban, "5.00", " ")).ToString());
        Assert.Equal("400 invalid_input\n/description too_long", (await arta.QuoteInsideAsync(from, to.Iban, "5.00", new string('a', 141))).ToString());
        Assert.Equal("400 invalid_input\n/phone phone_malformed", (await arta.QuoteInsideAsync(from, to.Iban, "5.00", phone: "12ab")).ToString());
        Assert.Equal("400 invalid_input\n/beneficiary beneficiary_not_named", (await arta.QuoteInsideAsync(from, null, "5.00", beneficiary: [])).ToString());
        Assert.Equal("422 insufficient_funds", (await arta.QuoteInsideAsync(from, to.Iban, "2000.01")).ToString());
        Assert.Equal(200, (await arta.QuoteInsideAsync(from, to.Iban, "5.00", phone: "069 123 4567")).Status);
    }

    [Theory, Requirement("TRF-35")]
    [InlineData("inside"), InlineData("own")]
    [ProvesRace("Transfers_ConfirmInside"), ProvesRace("Transfers_ConfirmOwn")]
    public async Task However_many_confirm_at_once_one_transfer_is_made(string kind)
    {
        var arta = await scene.CustomerAsync();
        var besa = kind == "own" ? arta : await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        using var client = await scene.Bank.CustomerAsync(arta.Number);
        async Task<RaceCall> CallAsync(string amount)
        {
            var quote = kind == "own" ? await arta.QuoteOwnAsync(from, to, amount) : await arta.QuoteInsideAsync(from, to.Iban, amount);
            return RaceCall.Post(client, $"api/v1/transfers/{kind}", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString());
        }

        var before = 0;
        async Task<int> EffectsAsync()
        {
            var now = (await besa.EntriesAsync(to)).Length;
            (var effects, before) = (now - before, now);
            return effects;
        }

        await RaceHarness.SameKeyAsync(await CallAsync("10.00"), EffectsAsync, callers: 16);
        await RaceHarness.SameKeyOtherBodyAsync(await CallAsync("12.00"), (await CallAsync("11.00")).Body!, EffectsAsync);
        await RaceHarness.OneShotAsync([.. Enumerable.Repeat(await CallAsync("13.00"), 16)], EffectsAsync, "409 transfer_already_confirmed");
    }
}

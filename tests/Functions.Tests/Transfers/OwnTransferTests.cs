using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class OwnTransferTests(TransferBank scene) : IClassFixture<TransferBank>
{
    [Fact, Requirement("TRF-08"), Requirement("TRF-09")]
    public async Task A_transfer_between_own_accounts_shows_its_summary_and_changes_both_balances_in_the_confirm_call()
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("0.00"));

        var quote = await arta.QuoteOwnAsync(from, to, "500.00", "Kursim maj");
        Assert.Equal("2000.00 ALL", await arta.BalanceAsync(from));
        var sent = await arta.ConfirmAsync("own", quote);

        Assert.Equal(
            $"own from {from.Iban} with 2000.00 ALL to Llogaria {to.Iban}: 500.00 ALL, fee 0.00 ALL by sender, total 500.00 ALL, rate , 'Kursim maj', immediately",
            $"{quote.Json["kind"]} from {quote.Json["account"]!["iban"]} with {Sender.Amount(quote.Json["account"]!["available"])} to {quote.Json["beneficiary"]!["name"]} "
            + $"{quote.Json["beneficiary"]!["account"]}: {Sender.Amount(quote.Json["amount"])}, fee {Sender.Amount(quote.Json["fee"])} by {quote.Json["feeBearer"]}, "
            + $"total {Sender.Amount(quote.Json["total"])}, rate {quote.Json["exchangeRate"]}, '{quote.Json["description"]}', {quote.Json["execution"]}");
        Assert.Equal("201 settled accepted,settled", $"{sent.Status} {sent.Json["state"]} {string.Join(',', sent.Json["timeline"]!.AsArray().Select(s => s!["state"]))}");
        Assert.Equal("1500.00 ALL 500.00 ALL", $"{await arta.BalanceAsync(from)} {await arta.BalanceAsync(to)}");
        Assert.Equal("-500.00 ALL own_transfer", (await arta.EntriesAsync(from))[0]);
        var read = await arta.GetAsync($"v1/transfers/{sent.Json["id"]}");
        Assert.Equal(sent.Text, read.Text);
        Assert.Equal(sent.Text, Assert.Single((await arta.GetAsync("v1/transfers")).Json["items"]!.AsArray())!.ToJsonString());
    }

    [Fact, Requirement("TRF-09")]
    public async Task Another_currency_is_refused_with_a_pointer_to_exchange_and_an_account_cannot_pay_itself()
    {
        var arta = await scene.CustomerAsync();
        var (lek, euro) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("10.00", "EUR"));

        var other = await arta.QuoteOwnAsync(lek, euro, "500.00");
        Assert.Equal("422 currencies_differ currency_exchange", $"{other} {other.Json["useInstead"]}");
        Assert.Equal("400 invalid_input\n/toAccountId same_account", (await arta.QuoteOwnAsync(lek, lek, "500.00")).ToString());
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-09")]
    public async Task A_stranger_account_is_as_unknown_as_none_on_either_side()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (mine, hers) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("10.00"));

        Assert.Equal("404 account_not_found", (await arta.QuoteOwnAsync(hers, mine, "5.00")).ToString());
        Assert.Equal("404 account_not_found", (await arta.QuoteOwnAsync(mine, hers, "5.00")).ToString());
        Assert.Equal("404 account_not_found", (await arta.QuoteOwnAsync(mine, mine with { Id = Guid.NewGuid() }, "5.00")).ToString());
    }

    [Theory, Requirement("TRF-07")]
    [InlineData("0.00", "ALL", null, "400 invalid_input\n/amount/amount amount_not_positive")]
    [InlineData("-5.00", "ALL", null, "400 invalid_input\n/amount/amount amount_not_positive")]
    [InlineData("5.001", "ALL", null, "400 invalid_input\n/amount/amount amount_decimals")]
    [InlineData("5", "ALL", null, "400 invalid_input\n/amount/amount amount_decimals")]
    [InlineData("99999999999999999999.00", "ALL", null, "400 invalid_input\n/amount/amount amount_too_large")]
    [InlineData("five", "ALL", null, "400 invalid_input\n/amount/amount amount_malformed")]
    [InlineData("5.00", "XYZ", null, "400 invalid_input\n/amount/currency currency_unknown")]
    [InlineData("5.00", "EUR", null, "400 invalid_input\n/amount/currency amount_not_in_account_currency")]
    [InlineData("5.00", "ALL", "Qira/maj", "400 invalid_input\n/description description_character_not_allowed")]
    [InlineData("0.00", "ALL", "a.b", "400 invalid_input\n/amount/amount amount_not_positive\n/description description_character_not_allowed")]
    [InlineData("2000.01", "ALL", null, "422 insufficient_funds")]
    public async Task What_cannot_be_sent_is_refused_with_its_own_error(string amount, string currency, string? description, string expected)
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("0.00"));

        var answer = await arta.QuoteOwnAsync(@from with { Currency = currency }, to, amount, description);

        Assert.Equal(expected, answer.ToString());
        if (description == "Qira/maj")
            Assert.Equal("/", (string?)answer.Json["errors"]![0]!["character"]);
    }

    [Fact, Requirement("TRF-08"), Requirement("TRF-35")]
    public async Task A_repeated_confirm_gives_the_first_result_and_other_content_is_a_conflict()
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("0.00"));
        var (first, second) = (await arta.QuoteOwnAsync(from, to, "500.00"), await arta.QuoteOwnAsync(from, to, "600.00"));

        var sent = await arta.ConfirmAsync("own", first, "one");
        Assert.Equal(sent.Text, (await arta.ConfirmAsync("own", first, "one")).Text);
        Assert.Equal("422 idempotency_key_reused", (await arta.ConfirmAsync("own", second, "one")).ToString());
        var again = await arta.ConfirmAsync("own", first, "two");
        Assert.Equal($"409 transfer_already_confirmed {sent.Json["id"]}", $"{again} {again.Json["transfer"]}");
        Assert.Equal("1500.00 ALL 500.00 ALL", $"{await arta.BalanceAsync(from)} {await arta.BalanceAsync(to)}");
    }

    [Fact, Requirement("TRF-08")]
    public async Task A_quote_is_its_customers_and_its_operations_alone()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("0.00"));
        var quote = await arta.QuoteOwnAsync(from, to, "500.00");

        Assert.Equal("404 quote_not_found", (await besa.ConfirmAsync("own", quote)).ToString());
        Assert.Equal("404 quote_not_found", (await arta.ConfirmAsync("inside", quote)).ToString());
        Assert.Equal("404 quote_not_found", (await arta.PostAsync("v1/transfers/own", new JsonObject { ["quoteId"] = "nonsense" })).ToString());
        Assert.Equal("404 transfer_not_found", (await arta.GetAsync($"v1/transfers/{Guid.NewGuid()}")).ToString());
        Assert.Equal("2000.00 ALL", await arta.BalanceAsync(from));
    }

    [Fact, Requirement("TRF-07")]
    public async Task Money_spent_between_prepare_and_confirm_is_missed_and_the_key_may_be_used_again()
    {
        var arta = await scene.CustomerAsync();
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("0.00"));
        var (first, second) = (await arta.QuoteOwnAsync(from, to, "1500.00"), await arta.QuoteOwnAsync(from, to, "1500.00"));
        await arta.ConfirmAsync("own", first);

        var refused = await arta.ConfirmAsync("own", second, "two");
        Assert.Equal("422 insufficient_funds 1000.00 ALL", $"{refused} {Sender.Amount(refused.Json["missing"])}");

        await arta.ConfirmAsync("own", await arta.QuoteOwnAsync(to, from, "1000.00"));
        Assert.Equal(201, (await arta.ConfirmAsync("own", second, "two")).Status);
        Assert.Equal("0.00 ALL 2000.00 ALL", $"{await arta.BalanceAsync(from)} {await arta.BalanceAsync(to)}");
    }
}

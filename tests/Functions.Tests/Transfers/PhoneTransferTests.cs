using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

public sealed class PhoneTransferTests(TransferBank scene) : IClassFixture<TransferBank>
{
    [Fact, Requirement("TRF-24")]
    public async Task Money_goes_to_the_oldest_current_account_in_the_payers_currency_else_to_the_oldest()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (lek, euro, pound) = (await arta.OpenAccountAsync("2000.00"), await arta.OpenAccountAsync("50.00", "EUR"), await arta.OpenAccountAsync("50.00", "USD"));
        var (oldest, hersEuro, later) = (await besa.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00", "EUR"), await besa.OpenAccountAsync("0.00"));
        var phone = TransferBank.PhoneOf(besa.Number);

        var quote = await QuoteAsync(arta, lek, phone, "100.00");
        Assert.Equal("phone B**** K****", $"{quote.Json["kind"]} {quote.Json["beneficiary"]!["name"]}");
        Assert.Equal("201 settled", Outcome(await arta.ConfirmAsync("phone", quote)));
        Assert.Equal("201 settled", Outcome(await arta.ConfirmAsync("phone", await QuoteAsync(arta, euro, "0" + phone[4..], "10.00"))));
        Assert.Equal("201 settled", Outcome(await arta.ConfirmAsync("phone", await QuoteAsync(arta, pound, phone, "10.00"))));

        // The sample settings buy USD at 82.10.
        Assert.Equal(
            "921.00 ALL 10.00 EUR 0.00 ALL", $"{await besa.BalanceAsync(oldest)} {await besa.BalanceAsync(hersEuro)} {await besa.BalanceAsync(later)}");
    }

    [Fact, Requirement("TRF-24"), Requirement("TRF-07")]
    public async Task A_number_that_cannot_be_paid_is_refused_with_its_own_error()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var from = await arta.OpenAccountAsync("2000.00");

        Assert.Equal("404 phone_not_registered", (await QuoteAsync(arta, from, "+355690000000", "5.00")).ToString());
        Assert.Equal("404 phone_not_registered", (await QuoteAsync(arta, from, TransferBank.PhoneOf(besa.Number), "5.00")).ToString());
        Assert.Equal("400 invalid_input\n/phone phone_malformed", (await QuoteAsync(arta, from, "06x", "5.00")).ToString());
        Assert.Equal("400 invalid_input\n/phone own_phone_number", (await QuoteAsync(arta, from, TransferBank.PhoneOf(arta.Number), "5.00")).ToString());
        Assert.Equal(
            "400 invalid_input\n/description description_character_not_allowed", (await QuoteAsync(arta, from, "+355690000000", "5.00", "dreka!")).ToString());
        Assert.Equal("400 invalid_input\n/description too_short", (await QuoteAsync(arta, from, "+355690000000", "5.00", "")).ToString());
    }

    [Fact, Requirement("TRF-24")]
    [ProvesRace("Transfers_ConfirmPhone")]
    public async Task However_many_confirm_at_once_one_transfer_is_made()
    {
        var (arta, besa) = (await scene.CustomerAsync("Arta Hoxha"), await scene.CustomerAsync("Besa Kola"));
        var (from, to) = (await arta.OpenAccountAsync("2000.00"), await besa.OpenAccountAsync("0.00"));
        using var client = await scene.Bank.CustomerAsync(arta.Number);
        var quote = await QuoteAsync(arta, from, TransferBank.PhoneOf(besa.Number), "10.00");

        await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, "api/v1/transfers/phone", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString()),
            async () => (await besa.EntriesAsync(to)).Length);
    }

    private static string Outcome(Answer sent) => $"{sent.Status} {sent.Json["state"]}";

    private static Task<Answer> QuoteAsync(Sender sender, OpenedAccount from, string phone, string amount, string description = "Dreka") => sender.PostAsync(
        "v1/transfers/phone/quotes",
        new JsonObject { ["fromAccountId"] = from.Id, ["phone"] = phone, ["amount"] = Sender.Money(amount, from.Currency), ["description"] = description });
}

using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

public sealed class NationalTransferTests(InterbankBank scene) : IClassFixture<InterbankBank>
{
    [Fact, Requirement("TRF-15"), Requirement("TRF-37"), Requirement("TRF-40")]
    public async Task Amount_and_fee_are_held_at_confirm_and_posted_once_the_network_accepts()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");

        var transfer = await arta.SendNationalAsync(from, "5000.00");

        var message = await scene.MessageAsync(transfer);
        Assert.Equal(
            $"pacs.008 5000.00 ALL Arta Hoxha Besa Kola {InterbankBank.CredinsIban} SHAR Qira maj",
            $"{message["kind"]} {Sender.Amount(message["amount"])} {message["debtor"]} {message["creditor"]} {message["creditorAccount"]} {message["chargeBearer"]} {message["remittance"]}");
        await arta.TransferOnceAsync(transfer, "sent");
        Assert.Equal("10000.00 4900.00", await arta.MoneyAsync(from));

        await scene.DeskAsync(transfer, "settle");

        var settled = await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("accepted sent settled", InterbankSender.Timeline(settled));
        Assert.Equal("4900.00 4900.00", await arta.MoneyAsync(from));
        Assert.Equal(["-5000.00 ALL national_transfer", "-100.00 ALL national_transfer"], (await arta.EntriesAsync(from)).Take(2).OrderDescending());
        await Eventually.IsTrueAsync(async () => (await scene.PushesAsync(arta)).Contains("Your transfer of 5000.00 ALL to Besa Kola has arrived."));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-37"), Requirement("TRF-40")]
    public async Task A_rejected_transfer_lifts_the_hold_gives_the_limits_back_and_tells_the_customer()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        await scene.MessageAsync(transfer);

        await scene.DeskAsync(transfer, "reject", """{"reason":"AC04"}""");

        var rejected = await arta.TransferOnceAsync(transfer, "rejected");
        Assert.Equal("transfer_rejected", (string?)rejected.Json["failureCode"]);
        Assert.Equal("10000.00 10000.00", await arta.MoneyAsync(from));
        await Eventually.IsTrueAsync(async () => (await scene.PushesAsync(arta)).Length == 1);
        Assert.Equal(["Your transfer of 5000.00 ALL to Besa Kola was refused. The reserved money is available again."], await scene.PushesAsync(arta));
    }

    [Theory, Requirement("TRF-16")]
    [InlineData("sender", "150.00", "5150.00", "5000.00", "DEBT")]
    [InlineData("shared", "100.00", "5100.00", "5000.00", "SHAR")]
    [InlineData("beneficiary", "100.00", "5000.00", "4900.00", "CRED")]
    public async Task Who_pays_the_charges_shows_in_fee_total_and_message(string bearer, string fee, string total, string arrives, string code)
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");

        var quote = await arta.QuoteNationalAsync(from, "5000.00", bearer: bearer);

        Assert.Equal(
            $"{fee} {total} {arrives} {bearer}",
            $"{quote.Json["fee"]!["amount"]} {quote.Json["total"]!["amount"]} {quote.Json["amount"]!["amount"]} {quote.Json["feeBearer"]}");
        var sent = await arta.ConfirmAsync("national", quote);
        var message = await scene.MessageAsync((string)sent.Json["id"]!);
        Assert.Equal($"{arrives} {code}", $"{message["amount"]!["amount"]} {message["chargeBearer"]}");
    }

    [Theory, Requirement("TRF-16")]
    [InlineData("nobody", "unknown_code")]
    [InlineData(null, "required")]
    public async Task A_fee_bearer_that_is_missing_or_unknown_is_refused(string? bearer, string code)
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var body = InterbankSender.National(from, "5000.00", bearer: bearer);
        if (bearer is null)
            body.Remove("feeBearer");

        var answer = await arta.PostAsync("v1/transfers/national/quotes", body);

        Assert.Equal($"400 {code} /feeBearer", $"{answer.Status} {answer.Json["errors"]![0]!["code"]} {answer.Json["errors"]![0]!["pointer"]}");
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-15")]
    public async Task Another_currency_than_the_accounts_is_bought_at_the_banks_rate()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("20000.00");

        // The sample settings sell EUR at 98.90.
        var quote = await arta.QuoteNationalAsync(from, "100.00", "EUR");

        Assert.Equal(
            "100.00 EUR 9890.00 ALL 100.00 ALL 9990.00 ALL",
            string.Join(' ', new[] { "amount", "debit", "fee", "total" }.Select(member => Sender.Amount(quote.Json[member]))));
        var transfer = (string)(await arta.ConfirmAsync("national", quote)).Json["id"]!;
        await scene.MessageAsync(transfer);
        await scene.DeskAsync(transfer, "settle");
        await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("10010.00 10010.00", await arta.MoneyAsync(from));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40")]
    public async Task A_return_after_settlement_credits_the_customer_once_however_often_it_is_told()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        await scene.MessageAsync(transfer);
        await scene.DeskAsync(transfer, "settle");
        await arta.TransferOnceAsync(transfer, "settled");
        var returned = ReturnOf(transfer, "RT-1", "5000.00");

        for (var i = 0; i < 3; i++)
            Assert.Equal(204, (await scene.WebhookAsync(returned)).Status);

        var after = await arta.TransferOnceAsync(transfer, "returned");
        Assert.Equal("accepted sent settled returned", InterbankSender.Timeline(after));
        Assert.Equal("9900.00 9900.00", await arta.MoneyAsync(from));
        Assert.Single(await arta.EntriesAsync(from), entry => entry == "5000.00 ALL transfer_return");

        // A second return of the same money is somebody's mistake: it is reported and books nothing.
        Assert.Equal(204, (await scene.WebhookAsync(ReturnOf(transfer, "RT-2", "5000.00"))).Status);
        Assert.Equal("9900.00 9900.00", await arta.MoneyAsync(from));
        Assert.Equal(["unexpected_return"], await scene.ExceptionsAsync(InterbankBank.MessageId(transfer)));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40")]
    public async Task A_return_that_overtakes_the_acceptance_settles_and_returns_and_the_late_acceptance_changes_nothing()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        await scene.MessageAsync(transfer);
        await arta.TransferOnceAsync(transfer, "sent");

        await scene.DeskAsync(transfer, "return", """{"amount":{"amount":"4990.00","currency":"ALL"}}""");
        await arta.TransferOnceAsync(transfer, "returned");
        await scene.DeskAsync(transfer, "repeat");
        await scene.WebhookAsync(StatusOf(transfer, "ACSC"));

        // The other bank kept 10.00, this one its fee.
        Assert.Equal("9890.00 9890.00", await arta.MoneyAsync(from));
        Assert.Equal("accepted sent settled returned", InterbankSender.Timeline(await arta.GetAsync($"v1/transfers/{transfer}")));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40")]
    public async Task Answers_that_come_twice_change_nothing_and_one_that_contradicts_the_first_is_reported()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        await scene.MessageAsync(transfer);
        await scene.WebhookAsync(StatusOf(transfer, "ACSP"));
        Assert.Equal("10000.00 4900.00", await arta.MoneyAsync(from));

        await scene.WebhookAsync(StatusOf(transfer, "ACSC"));
        await scene.WebhookAsync(StatusOf(transfer, "ACSC"));
        await arta.TransferOnceAsync(transfer, "settled");
        await scene.WebhookAsync(StatusOf(transfer, "RJCT"));

        Assert.Equal("4900.00 4900.00", await arta.MoneyAsync(from));
        Assert.Equal("settled", (string?)(await arta.GetAsync($"v1/transfers/{transfer}")).Json["state"]);
        Assert.Equal(["contradictory_answer"], await scene.ExceptionsAsync(InterbankBank.MessageId(transfer)));
    }

    [Fact, Requirement("TRF-40")]
    public async Task A_message_with_a_wrong_signature_is_refused_and_changes_nothing()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var transfer = await arta.SendNationalAsync(from, "5000.00");
        await scene.MessageAsync(transfer);

        var answer = await scene.WebhookAsync(StatusOf(transfer, "ACSC"), secret: "d3Jvbmc=");

        Assert.Equal("401 webhook_not_trusted", answer.ToString());
        Assert.Equal("10000.00 4900.00", await arta.MoneyAsync(from));
    }

    [Fact, Requirement("TRF-15"), Requirement("TRF-37")]
    public async Task The_same_confirmation_again_gets_the_first_answer_and_one_payment()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var quote = await arta.QuoteNationalAsync(from, "5000.00");

        var first = await arta.ConfirmAsync("national", quote, "one");
        await scene.MessageAsync((string)first.Json["id"]!);
        var again = await arta.ConfirmAsync("national", quote, "one");
        var other = await arta.ConfirmAsync("national", quote, "two");
        var reused = await arta.ConfirmAsync("national", await arta.QuoteNationalAsync(from, "1.00"), "one");

        Assert.Equal(first.Text, again.Text);
        Assert.Equal("409 transfer_already_confirmed 422 idempotency_key_reused", $"{other} {reused}");
        Assert.Equal("10000.00 4900.00", await arta.MoneyAsync(from));
    }

    [Theory, Requirement("TRF-15")]
    [InlineData("AL00212110090000000235698741", "iban_invalid")]
    [InlineData("AL4721211009000000023569874", "iban_invalid")]
    [InlineData("DE89370400440532013000", "iban_not_albanian")]
    [InlineData("this", "iban_of_this_bank")]
    public async Task Only_an_account_at_another_bank_in_Albania_can_be_paid(string iban, string code)
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var beneficiary = InterbankSender.NationalBeneficiary(iban == "this" ? from.Iban : iban);

        var answer = await arta.QuoteNationalAsync(from, "5000.00", beneficiary: beneficiary);

        Assert.Equal($"400 {code} /beneficiary/iban", $"{answer.Status} {answer.Json["errors"]![0]!["code"]} {answer.Json["errors"]![0]!["pointer"]}");
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-15")]
    public async Task Every_fault_of_the_input_is_named_at_once()
    {
        var arta = await scene.CustomerAsync();
        var from = await arta.OpenAccountAsync("10000.00");
        var body = InterbankSender.National(from, "5000.00", "JPY", beneficiary: InterbankSender.NationalBeneficiary("AL00"));
        body["amount"] = Sender.Money("5000", "JPY");
        body["beneficiary"]!["country"] = "QQ";

        var answer = await arta.PostAsync("v1/transfers/national/quotes", body);

        Assert.Equal(
            ["country_unknown", "iban_invalid", "transfer_currency_not_offered"],
            answer.Json["errors"]!.AsArray().Select(fault => (string)fault!["code"]!).Order(StringComparer.Ordinal));
    }

    [Fact, Requirement("TRF-07"), Requirement("TRF-36")]
    public async Task Too_little_money_somebody_elses_account_and_too_much_at_once_are_refused()
    {
        var (arta, besa) = (await scene.CustomerAsync(trusted: false), await scene.CustomerAsync());
        var (from, hers) = (await arta.OpenAccountAsync("5050.00"), await besa.OpenAccountAsync("10000.00"));
        var rich = await arta.OpenAccountAsync("9000000.00");

        Assert.Equal("422 insufficient_funds", (await arta.QuoteNationalAsync(from, "5000.00")).ToString());
        Assert.Equal("404 account_not_found", (await arta.QuoteNationalAsync(hers, "5000.00")).ToString());
        Assert.Equal("422 transfer_limit_exceeded", (await arta.QuoteNationalAsync(rich, "600000.00")).ToString());
        Assert.Equal("422 amount_below_charge", (await arta.QuoteNationalAsync(rich, "90.00", bearer: "beneficiary")).ToString());
    }

    [Fact, Requirement("TRF-06"), Requirement("TRF-15")]
    public async Task A_quote_of_somebody_else_or_of_another_operation_confirms_nothing()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var from = await arta.OpenAccountAsync("10000.00");
        var quote = await arta.QuoteNationalAsync(from, "5000.00");

        Assert.Equal("404 quote_not_found", (await besa.ConfirmAsync("national", quote)).ToString());
        Assert.Equal("10000.00 10000.00", await arta.MoneyAsync(from));
    }

    internal static string StatusOf(string transfer, string status) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.002.001.10"><FIToFIPmtStsRpt><GrpHdr><MsgId>ST-{Guid.NewGuid():N}</MsgId><CreDtTm>2026-11-24T10:00:00Z</CreDtTm></GrpHdr><TxInfAndSts><OrgnlGrpInf><OrgnlMsgId>{InterbankBank.MessageId(transfer)}</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf><OrgnlTxId>{InterbankBank.MessageId(transfer)}</OrgnlTxId><TxSts>{status}</TxSts></TxInfAndSts></FIToFIPmtStsRpt></Document>
        """.Replace("ST-", "S", StringComparison.Ordinal);

    internal static string ReturnOf(string transfer, string id, string amount) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.004.001.09"><PmtRtr><GrpHdr><MsgId>{id}</MsgId><CreDtTm>2026-11-24T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr><TxInf><RtrId>{id}</RtrId><OrgnlGrpInf><OrgnlMsgId>{InterbankBank.MessageId(transfer)}</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf><OrgnlTxId>{InterbankBank.MessageId(transfer)}</OrgnlTxId><RtrdIntrBkSttlmAmt Ccy="ALL">{amount}</RtrdIntrBkSttlmAmt><RtrRsnInf><Rsn><Cd>AC04</Cd></Rsn></RtrRsnInf></TxInf></PmtRtr></Document>
        """;
}

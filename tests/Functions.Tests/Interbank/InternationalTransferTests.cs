using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

public sealed class InternationalTransferTests(InterbankBank scene) : IClassFixture<InterbankBank>
{
    [Fact, Requirement("TRF-18"), Requirement("TRF-22"), Requirement("TRF-23")]
    public async Task By_IBAN_it_is_sent_and_settled_and_its_states_can_be_read()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha", trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "EUR");

        var quote = await arta.QuoteAbroadAsync(InterbankSender.Abroad(from, "500.00"));
        Assert.Equal(
            "500.00 EUR 10.00 EUR 510.00 EUR COBADEFFXXX Commerzbank",
            $"{Sender.Amount(quote.Json["debit"])} {Sender.Amount(quote.Json["fee"])} {Sender.Amount(quote.Json["total"])} {quote.Json["beneficiary"]!["bank"]!["bic"]} {quote.Json["beneficiary"]!["bank"]!["name"]}");
        var transfer = (string)(await arta.ConfirmAsync("international", quote)).Json["id"]!;

        var message = await scene.MessageAsync(transfer);
        Assert.Contains("<BICFI>COBADEFFXXX</BICFI>", (string)message["xml"]!, StringComparison.Ordinal);
        Assert.Contains("<StrtNm>Hauptstrasse 1</StrtNm><PstCd>50667</PstCd><TwnNm>Koln</TwnNm><Ctry>DE</Ctry>", (string)message["xml"]!, StringComparison.Ordinal);
        await scene.DeskAsync(transfer, "settle");
        var settled = await arta.TransferOnceAsync(transfer, "settled");
        Assert.Equal("accepted sent settled", InterbankSender.Timeline(settled));
        Assert.Equal("490.00 490.00", await arta.MoneyAsync(from));
    }

    [Fact, Requirement("TRF-20")]
    public async Task By_bank_name_the_described_bank_is_written_into_the_message()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha", trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "USD");

        var quote = await arta.QuoteAbroadAsync(ByBank(from));
        var sent = await arta.ConfirmAsync("international", quote);

        var message = await scene.MessageAsync((string)sent.Json["id"]!);
        Assert.Contains(
            "<CdtrAgt><FinInstnId><BICFI>CHASUS33</BICFI><Nm>JPMorgan Chase Bank</Nm><PstlAdr><StrtNm>383 Madison Avenue</StrtNm><TwnNm>New York</TwnNm><Ctry>US</Ctry></PstlAdr>",
            (string)message["xml"]!, StringComparison.Ordinal);
        Assert.Equal("000123456789", (string?)message["creditorAccount"]);
    }

    [Theory, Requirement("TRF-20")]
    [InlineData("bic", "CHASUS", "bic_malformed /bank/bic")]
    [InlineData("bic", "COBADEFF", "bic_of_another_country /bank/bic")]
    [InlineData("city", null, "required /bank/city")]
    [InlineData("country", "QQ", "bic_of_another_country /bank/bic,country_unknown /bank/country")]
    public async Task A_bank_that_is_described_wrongly_is_refused(string member, string? value, string faults)
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "USD");
        var body = ByBank(from);
        if (value is null)
            body["bank"]!.AsObject().Remove(member);
        else
            body["bank"]![member] = value;

        var answer = await arta.QuoteAbroadAsync(body);

        Assert.Equal(faults, Faults(answer));
    }

    [Fact, Requirement("TRF-17")]
    public async Task A_device_that_is_not_trusted_is_refused_at_prepare_and_at_confirm()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var from = await arta.OpenAccountAsync("1000.00", "EUR");
        var untrusted = await scene.SignInAsync(arta.Number, trusted: false);

        Assert.Equal("403 device_not_trusted", (await untrusted.QuoteAbroadAsync(InterbankSender.Abroad(from, "500.00"))).ToString());
        var quote = await arta.QuoteAbroadAsync(InterbankSender.Abroad(from, "500.00"));
        Assert.Equal("403 device_not_trusted", (await untrusted.ConfirmAsync("international", quote)).ToString());
        Assert.Equal("1000.00 1000.00", await arta.MoneyAsync(from));
        Assert.Empty((await arta.GetAsync("v1/transfers")).Json["items"]!.AsArray());
    }

    [Theory, Requirement("TRF-18"), Requirement("TRF-21"), Requirement("TRF-22")]
    [InlineData("acceptedTerms", "2020-01", "transfer_terms_not_accepted /acceptedTerms")]
    [InlineData("acceptedTerms", null, "transfer_terms_not_accepted /acceptedTerms")]
    [InlineData("purpose", "treatment", "purpose_of_another_category /purpose")]
    [InlineData("purpose", "fun", "purpose_unknown /purpose")]
    [InlineData("purposeCategory", "fun", "purpose_unknown /purposeCategory")]
    [InlineData("beneficiaryCategory", "friend", "payee_category_unknown /beneficiaryCategory")]
    [InlineData("iban", "AL47212110090000000235698741", "iban_albanian /beneficiary/iban")]
    [InlineData("iban", "DE8937040044053201300", "iban_invalid /beneficiary/iban")]
    [InlineData("currency", "ALL", "transfer_currency_not_offered /amount/currency")]
    public async Task What_is_not_in_the_lists_or_not_accepted_is_refused(string member, string? value, string fault)
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("1000.00", "EUR");
        var body = InterbankSender.Abroad(from, "500.00");
        if (member == "iban")
            body["beneficiary"]!["iban"] = value;
        else if (member == "currency")
            body["amount"]!["currency"] = value;
        else if (value is null)
            body.Remove(member);
        else
            body[member] = value;

        Assert.Equal(fault, Faults(await arta.QuoteAbroadAsync(body)));
    }

    [Fact, Requirement("TRF-19")]
    public async Task The_bank_of_an_IBAN_is_shown_and_an_unknown_one_is_pointed_to_its_name()
    {
        var arta = await scene.CustomerAsync();

        var bank = await arta.CallAsync("POST", "v1/transfers/banks/lookups", """{"iban":"DE89 3704 0044 0532 0130 00"}""");
        Assert.Equal(
            "Commerzbank Koln Unter Sachsenhausen 21 DE COBADEFFXXX",
            string.Join(' ', new[] { "name", "city", "address", "country", "bic" }.Select(member => (string)bank.Json[member]!)));
        var unknown = await arta.CallAsync("POST", "v1/transfers/banks/lookups", """{"iban":"NO9386011117947"}""");
        Assert.Equal("404 bank_not_found international_transfer_by_bank", $"{unknown} {unknown.Json["useInstead"]}");
        Assert.Equal("iban_invalid /iban", Faults(await arta.CallAsync("POST", "v1/transfers/banks/lookups", """{"iban":"NO9386011117948"}""")));
    }

    [Fact, Requirement("TRF-16"), Requirement("TRF-18")]
    public async Task The_beneficiary_bears_the_charges_out_of_the_amount_and_another_currency_is_bought()
    {
        var arta = await scene.CustomerAsync(trusted: true);
        var from = await arta.OpenAccountAsync("100000.00");

        // EUR 500.00 at 98.90 is 49450.00 ALL; 0.2 % of it is below the least fee of 1000.00 ALL, which is EUR 10.12.
        var quote = await arta.QuoteAbroadAsync(InterbankSender.Abroad(from, "500.00", bearer: "beneficiary"));

        Assert.Equal(
            "500.00 EUR 489.88 EUR 48449.14 ALL 1000.86 ALL 49450.00 ALL",
            string.Join(' ', new[] { "instructed", "amount", "debit", "fee", "total" }.Select(member => Sender.Amount(quote.Json[member]))));
        var sent = await arta.ConfirmAsync("international", quote);
        var message = await scene.MessageAsync((string)sent.Json["id"]!);
        Assert.Contains("""<InstdAmt Ccy="EUR">500.00</InstdAmt><ChrgBr>CRED</ChrgBr><ChrgsInf><Amt Ccy="EUR">10.12</Amt>""", (string)message["xml"]!, StringComparison.Ordinal);
    }

    private static JsonObject ByBank(OpenedAccount from)
    {
        var body = InterbankSender.Abroad(from, "200.00", "USD");
        body["beneficiary"]!.AsObject().Remove("iban");
        body["beneficiary"]!["account"] = "000123456789";
        body["beneficiary"]!["country"] = "US";
        body["bank"] = new JsonObject
        {
            ["name"] = "JPMorgan Chase Bank",
            ["city"] = "New York",
            ["address"] = "383 Madison Avenue",
            ["country"] = "US",
            ["bic"] = "CHASUS33",
        };
        return body;
    }

    private static string Faults(Http.Answer answer) => answer.Status != 400 ? answer.ToString() : string.Join(
        ',', answer.Json["errors"]!.AsArray().Select(fault => $"{fault!["code"]} {fault["pointer"]}").Order(StringComparer.Ordinal));
}

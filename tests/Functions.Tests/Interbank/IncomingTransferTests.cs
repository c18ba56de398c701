using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

public sealed class IncomingTransferTests(InterbankBank scene) : IClassFixture<InterbankBank>
{
    [Fact, Requirement("TRF-40")]
    public async Task A_payment_from_another_bank_is_on_the_account_once_and_its_owner_is_told()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");

        await scene.SendInAsync("Hoxha Arta", to.Iban, "700.00", messageId: "IN-1-" + arta.Number);
        await scene.SendInAsync("Hoxha Arta", to.Iban, "700.00", messageId: "IN-1-" + arta.Number);

        await Eventually.IsTrueAsync(async () => (await scene.PushesAsync(arta)).Length == 1);
        Assert.Equal(["700.00 ALL from Hans Muster is on your account."], await scene.PushesAsync(arta));
        Assert.Equal("700.00 700.00", await arta.MoneyAsync(to));
        Assert.Equal(["700.00 ALL incoming_transfer"], await arta.EntriesAsync(to));
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40")]
    public async Task Another_currency_is_exchanged_at_the_banks_rate()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");

        await scene.SendInAsync("Arta Hoxha", to.Iban, "10.00", "EUR");

        // The sample settings buy EUR at 97.20.
        await Eventually.IsTrueAsync(async () => await arta.MoneyAsync(to) == "972.00 972.00");
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40")]
    public async Task A_payment_to_an_unknown_or_closed_account_waits_on_suspense_and_goes_back()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var closed = await arta.OpenAccountAsync("0.00");
        await CloseAsync(closed);
        var gone = "AL" + "00";
        Assert.NotEqual(gone, closed.Iban);

        var answer = await scene.WebhookAsync(Transfer("IN-2-" + arta.Number, closed.Iban, "ALL", "50.00"));
        Assert.Equal(204, answer.Status);
        await scene.WebhookAsync(Transfer("IN-3-" + arta.Number, InterbankBank.CredinsIban, "ALL", "60.00"));

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(2));
        await Eventually.IsTrueAsync(async () => (await ReturnsAsync()).Length >= 2);
        Assert.Equal(["50.00 ALL AC04", "60.00 ALL AC01"], (await ReturnsAsync()).Order(StringComparer.Ordinal));
        await scene.WebhookAsync(Transfer("IN-2-" + arta.Number, closed.Iban, "ALL", "50.00"));
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await ReturnsAsync()).Length);
        await scene.ProveAsync();
    }

    [Fact, Requirement("TRF-40")]
    public async Task A_name_that_fits_not_at_all_is_credited_and_reported()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");

        await scene.SendInAsync("Somebody Else", to.Iban, "5.00");

        await Eventually.IsTrueAsync(async () => await arta.MoneyAsync(to) == "5.00 5.00");
        await Eventually.IsTrueAsync(async () => (await scene.BackOfficeAsync("GET", "exceptions")).Json["items"]!.AsArray()
            .Any(one => (string)one!["kind"]! == "name_differs" && (string)one["detail"]! == to.Id.ToString()));
    }

    [Theory, Requirement("TRF-40")]
    [InlineData("<NbOfTxs>1</NbOfTxs>", "<NbOfTxs>2</NbOfTxs>", "number_of_transactions")]
    [InlineData("""Ccy="ALL">5.00""", """Ccy="ALL">5.001""", "amount_digits")]
    [InlineData("""Ccy="ALL">5.00""", """Ccy="ALL">-5.00""", "amount")]
    [InlineData("""Ccy="ALL">5.00""", """Ccy="ALL">0.00""", "amount")]
    [InlineData("""Ccy="ALL">5.00""", """Ccy="XXX">5.00""", "currency")]
    [InlineData("<IBAN>", "<IBAN>AL", "iban")]
    [InlineData("COBADEFF", "cobadeff", "bic")]
    [InlineData("<ChrgBr>SHAR</ChrgBr>", "", "missing")]
    [InlineData("<ChrgBr>SHAR</ChrgBr>", "<ChrgBr>SOME</ChrgBr>", "code")]
    [InlineData("<Nm>Hans</Nm>", "<Nm>Hans {}</Nm>", "charset")]
    [InlineData("<Nm>Hans</Nm>", "<Nm></Nm>", "length")]
    [InlineData("<Nm>Hans</Nm>", "<Nm>Hans</Nm><Evil>x</Evil>", "unexpected")]
    [InlineData("<Document", "<!DOCTYPE Document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Document", "dtd_not_allowed")]
    [InlineData("</Document>", "", "malformed_xml")]
    [InlineData("pacs.008.001.08", "pacs.008.001.99", "wrong_message")]
    public async Task A_message_that_breaks_a_rule_is_refused_with_the_rule(string good, string bad, string rule)
    {
        var arta = await scene.CustomerAsync();
        var to = await arta.OpenAccountAsync("0.00");

        var answer = await scene.WebhookAsync(Transfer("IN-4-" + arta.Number, to.Iban, "ALL", "5.00").Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(400, answer.Status);
        Assert.Contains(answer.Json["errors"]!.AsArray(), fault => (string?)fault!["rule"] == rule);
        Assert.Equal("0.00 0.00", await arta.MoneyAsync(to));
    }

    [Fact, Requirement("TRF-40")]
    public async Task A_message_id_used_again_for_another_payment_books_nothing_and_is_reported()
    {
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var to = await arta.OpenAccountAsync("0.00");
        var id = "IN-5-" + arta.Number;
        await scene.WebhookAsync(Transfer(id, to.Iban, "ALL", "5.00"));

        Assert.Equal(204, (await scene.WebhookAsync(Transfer(id, to.Iban, "ALL", "500.00"))).Status);

        Assert.Equal("5.00 5.00", await arta.MoneyAsync(to));
        Assert.Equal(["message_reused"], await scene.ExceptionsAsync(id));
    }

    internal static string Transfer(string messageId, string iban, string currency, string amount) =>
        $"""
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>{messageId}</MsgId><CreDtTm>2026-11-24T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>NOTPROVIDED</EndToEndId><TxId>{messageId}</TxId></PmtId><IntrBkSttlmAmt Ccy="{currency}">{amount}</IntrBkSttlmAmt><ChrgBr>SHAR</ChrgBr><Dbtr><Nm>Hans</Nm></Dbtr><DbtrAgt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt><CdtrAgt><FinInstnId><BICFI>SRVLALTR</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>Arta Hoxha</Nm></Cdtr><CdtrAcct><Id><IBAN>{iban}</IBAN></Id></CdtrAcct></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>
        """;

    private async Task<string[]> ReturnsAsync()
    {
        var all = await System.Net.Http.Json.HttpClientJsonExtensions.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>(scene.Bank.Sandbox, "networks/interbank/messages");
        return [.. all!["messages"]!.AsArray().Where(message => (string)message!["kind"]! == "pacs.004")
            .Select(message => $"{Sender.Amount(message!["amount"])} {message["remittance"]}")];
    }

    private async Task CloseAsync(OpenedAccount account)
    {
        var change = scene.Bank.Host.Services.GetService(typeof(Serverless.Banking.Ledger.ChangeAccountStatus)) as Serverless.Banking.Ledger.ChangeAccountStatus;
        var changed = await change!.RunAsync(new(account.Id), Serverless.Banking.Ledger.AccountStatus.Closed, CancellationToken.None);
        Assert.True(changed.IsSuccess);
    }
}

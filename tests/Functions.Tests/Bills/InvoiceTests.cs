using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Bills;

public sealed class InvoiceTests(BillsBank scene) : IClassFixture<BillsBank>
{
    [Fact, Requirement("BILL-06")]
    public async Task While_the_company_is_away_the_last_known_list_is_shown_as_old()
    {
        var arta = await scene.CustomerAsync();
        var (code, number) = await scene.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);
        await scene.Sandbox.TurnAsync("oshee", """{"errorRate":1}""");
        Http.Answer old;
        try
        {
            old = await arta.GetAsync($"v1/bills/contracts/{contract}/invoices");
        }
        finally
        {
            await scene.Sandbox.MakeWellAsync("oshee");
        }

        Assert.Equal($"200 True {number} 1707.40 ALL unpaid", $"{old.Status} {(bool)old.Json["isStale"]!} {string.Join(';', Payer.Lines(old))}");
        Assert.NotNull((string?)old.Json["asOf"]);
    }

    [Fact, Requirement("BILL-06")]
    public async Task No_unpaid_invoices_is_a_normal_answer()
    {
        var arta = await scene.CustomerAsync();
        var contract = await arta.RegisteredAsync("TR0.A0000000000001");

        var answer = await arta.GetAsync($"v1/bills/contracts/{contract}/invoices");

        Assert.Equal("200 0", $"{answer.Status} {answer.Json["items"]!.AsArray().Count}");
        Assert.Null(answer.Json["proposedAccount"]);
    }

    [Fact, Requirement("BILL-28")]
    public async Task An_invoice_withdrawn_by_the_company_leaves_the_list_and_cannot_be_paid()
    {
        var arta = await scene.CustomerAsync();
        await arta.OpenAccountAsync("9000.00");
        var (code, number) = await scene.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);
        var quote = await arta.QuotedAsync(contract, number);
        await scene.Sandbox.WithdrawAsync("oshee", number);

        Assert.Empty(await arta.InvoicesAsync(contract));
        Assert.Equal("409 invoice_withdrawn", (await arta.PayAsync(quote)).ToString());
        Assert.Equal("409 invoice_withdrawn", (await arta.QuoteAsync(contract, number)).ToString());
    }

    [Fact, Requirement("BILL-08")]
    public async Task A_client_code_is_looked_up_and_paid_without_a_contract()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        var (code, number) = await scene.SubscriberAsync("900.00", penalty: "12.50");

        var found = await arta.GetAsync($"v1/bills/invoices?company=oshee&clientCode={code}");
        Assert.Equal([$"{number} 912.50 ALL unpaid"], Payer.Lines(found));
        Assert.Equal("2000.00 ALL", Payer.Amount(found.Json["proposedAccount"]!["available"]!));

        var quote = await arta.PostAsync("v1/bills/quotes", $$"""{"company":"oshee","clientCode":"{{code}}","invoiceNumber":"{{number}}"}""");
        Assert.Equal(
            "OSHEE 912.50 ALL, fee 0.00 ALL, debit 912.50 ALL, funds True, second factor False",
            $"{quote.Json["beneficiary"]!["name"]} {Payer.Amount(quote.Json["total"]!)}, fee {Payer.Amount(quote.Json["fee"]!)}, debit {Payer.Amount(quote.Json["debit"]!)}, "
            + $"funds {(bool)quote.Json["fundsSuffice"]!}, second factor {(bool)quote.Json["confirmation"]!["required"]!}");
        var paid = await arta.PayAsync(Payer.QuoteId(quote));

        Assert.Equal("201 paid", $"{paid.Status} {paid.Json["state"]}");
        Assert.Equal("1087.50 ALL", await arta.BalanceAsync(account));
        Assert.Empty(Payer.Lines(await arta.GetAsync($"v1/bills/invoices?company=oshee&clientCode={code}")));
        Assert.Empty((await arta.GetAsync("v1/bills/contracts")).Json["items"]!.AsArray());
    }

    [Theory, Requirement("BILL-08")]
    [InlineData("company=none&clientCode=1", "400 invalid_input\ncompany company_unknown")]
    [InlineData("company=oshee&clientCode=1", "400 invalid_input\nclientCode client_code_format")]
    [InlineData("company=digitalb&clientCode=12345678901", "400 invalid_input\nclientCode smart_card_number")]
    [InlineData("company=oshee&clientCode=TR0.A9999999999999", "422 client_code_unknown")]
    [InlineData("company=oshee", "400 invalid_input\nclientCode required")]
    public async Task A_client_code_that_cannot_be_looked_up_is_refused_with_its_own_error(string query, string expected)
    {
        var arta = await scene.CustomerAsync();

        Assert.Equal(expected, (await arta.GetAsync($"v1/bills/invoices?{query}")).ToString());
    }

    [Theory, Requirement("BILL-09")]
    [InlineData("ALBILL;1;oshee;{code};{number}")]
    [InlineData("(415)5300000000014(8020){number}(90){code}")]
    [InlineData("41553000000000148020{number}\u001d90{code}")]
    [InlineData("]C141553000000000148020{number}\u001d90{code}")]
    public async Task A_scanned_QR_code_or_barcode_shows_the_invoice_at_once_and_is_paid(string scanned)
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        var (code, number) = await scene.SubscriberAsync();
        var text = scanned.Replace("{code}", code, StringComparison.Ordinal).Replace("{number}", number, StringComparison.Ordinal);

        var shown = await arta.PostAsync("v1/bills/scans", new JsonObject { ["text"] = text }.ToJsonString());
        Assert.Equal(
            $"OSHEE {number} 1707.40 ALL unpaid {account}",
            $"{shown.Json["company"]!["name"]} {shown.Json["invoice"]!["number"]} {Payer.Amount(shown.Json["invoice"]!["total"]!)} "
            + $"{shown.Json["invoice"]!["state"]} {shown.Json["proposedAccount"]!["id"]}");

        var quote = await arta.PostAsync("v1/bills/quotes", new JsonObject { ["scannedText"] = text }.ToJsonString());
        var paid = await arta.PayAsync(Payer.QuoteId(quote), account, "Me skaner");

        Assert.Equal("201 paid", $"{paid.Status} {paid.Json["state"]}");
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));
        Assert.Equal("409 invoice_already_paid", (await arta.PostAsync("v1/bills/scans", new JsonObject { ["text"] = text }.ToJsonString())).ToString());
    }

    [Theory, Requirement("BILL-09")]
    [InlineData("hello", "400 invalid_input\n/text scanned_code_unreadable")]
    [InlineData("ALBILL;2;oshee;TR0.A0000000000000;000000001", "400 invalid_input\n/text scanned_code_unreadable")]
    [InlineData("ALBILL;1;oshee;TR0.A0000000000000", "400 invalid_input\n/text scanned_code_unreadable")]
    [InlineData("(415)5300000000014(8020)000000001", "400 invalid_input\n/text scanned_code_unreadable")]
    [InlineData("ALBILL;1;vodafone;TR0.A0000000000000;000000001", "422 issuer_unknown")]
    [InlineData("(415)5300000000099(8020)000000001(90)TR0.A0000000000000", "422 issuer_unknown")]
    [InlineData("ALBILL;1;oshee;TR0.A0000000000000;999999999", "404 invoice_not_found")]
    public async Task A_scan_that_leads_nowhere_is_refused_with_its_own_error(string text, string expected)
    {
        var arta = await scene.CustomerAsync();

        Assert.Equal(expected, (await arta.PostAsync("v1/bills/scans", new JsonObject { ["text"] = text }.ToJsonString())).ToString());
    }
}

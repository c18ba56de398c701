using Serverless.Testing;

namespace Serverless.Functions.Tests.Bills;

/// <summary>The requirements' samples for bills, row by row, with their own values.</summary>
public sealed class SamplesTests(BillsBank scene) : IClassFixture<BillsBank>
{
    private const string Code = "TR0.A0000000000000";

    [Fact, Requirement("BILL-01")]
    public async Task The_companies_are_listed_with_the_label_and_format_of_their_codes()
    {
        var arta = await scene.CustomerAsync();

        var companies = (await arta.GetAsync("v1/bills/companies")).Json["items"]!.AsArray();

        Assert.Equal(
            [
                "oshee OSHEE, Client code ^[A-Z]{2}[0-9]\\.[A-Z][0-9]{13}$, QR true, authorisation true",
                "traffic-police Policia Rrugore, Vehicle plate ^[A-Z]{2}[0-9]{3}[A-Z]{2}$, QR true, authorisation false",
                "albtelecom ALBTELECOM, Contract number ^[0-9]{9}$, QR true, authorisation true",
                "digitalb DIGITALB, Contract number (not the smart card's) ^[0-9]{6,10}$, QR true, authorisation true",
                "ukt UKT, Customer number ^[0-9]{8}$, QR true, authorisation true",
            ],
            companies.Select(c => $"{c!["id"]} {c["name"]}, {c["codeLabel"]} {c["codeFormat"]}, QR {c["acceptsQr"]}, authorisation {c["acceptsAuthorisation"]}"));
        Assert.All(companies, c => Assert.NotEqual("", (string?)c!["codeHint"]));
    }

    [Fact, Requirement("BILL-02"), Requirement("BILL-05"), Requirement("BILL-06")]
    public async Task The_registered_contract_is_listed_under_OSHEE_with_its_unpaid_invoice_and_the_main_account()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("18.13");

        var registered = await arta.RegisterAsync(Code, "Test Test");

        Assert.Equal(201, registered.Status);
        var id = (string)registered.Json["id"]!;
        Assert.Equal($"/api/v1/bills/contracts/{id}", registered.Headers.Location!.ToString());
        var listed = (await arta.GetAsync("v1/bills/contracts")).Json;
        var oshee = Assert.Single(listed["items"]!.AsArray())!;
        Assert.Equal("oshee OSHEE", $"{oshee["company"]!["id"]} {oshee["company"]!["name"]}");
        var contract = Assert.Single(oshee["contracts"]!.AsArray())!;
        Assert.Equal(
            $"{id} {Code} Test Test, 1 unpaid, 1707.40 ALL, ",
            $"{contract["id"]} {contract["clientCode"]} {contract["name"]}, {contract["unpaidInvoices"]} unpaid, {Payer.Amount(contract["unpaidTotal"]!)}, {contract["authorisation"]}");

        var unpaid = (await arta.GetAsync($"v1/bills/contracts/{id}/invoices")).Json;
        var invoice = Assert.Single(unpaid["items"]!.AsArray())!;
        Assert.Equal(
            $"{Code}, Test Test, 1707.40 ALL, 2018-08-01, 000000001, penalty 0.00 ALL, unpaid",
            $"{invoice["clientCode"]}, {invoice["subscriberName"]}, {Payer.Amount(invoice["amount"]!)}, {invoice["issuedOn"]}, {invoice["number"]}, "
            + $"penalty {Payer.Amount(invoice["penalty"]!)}, {invoice["state"]}");
        Assert.Equal($"{account} 18.13 ALL", $"{unpaid["proposedAccount"]!["id"]} {Payer.Amount(unpaid["proposedAccount"]!["available"]!)}");
        Assert.False((bool)unpaid["isStale"]!);
    }

    [Fact, Requirement("BILL-07")]
    public async Task Too_little_money_is_refused_and_enough_money_pays_the_invoice()
    {
        // A sandbox of its own: the samples' invoice can be paid once.
        var own = new BillsBank();
        await own.InitializeAsync();
        await using var _ = own;
        var arta = await own.CustomerAsync();
        var poor = await arta.OpenAccountAsync("18.13");
        var rich = await arta.OpenAccountAsync("2000.00", isMain: false);
        var contract = await arta.RegisteredAsync(Code);

        var quote = await arta.QuoteAsync(contract, "000000001", poor);
        Assert.Equal("1707.40 ALL False", $"{Payer.Amount(quote.Json["total"]!)} {(bool)quote.Json["fundsSuffice"]!}");
        var refused = await arta.PayAsync(Payer.QuoteId(quote), poor);

        Assert.Equal("422 insufficient_funds", refused.ToString());
        Assert.Equal("1689.27 ALL", Payer.Amount(refused.Json["missing"]!));
        Assert.Equal("18.13 ALL", await arta.BalanceAsync(poor));
        Assert.Equal(["000000001 1707.40 ALL unpaid"], await arta.InvoicesAsync(contract));

        var paid = await arta.PayAsync(await arta.QuotedAsync(contract, "000000001", rich), rich, "Drita gusht 2018");

        Assert.Equal("201 paid", $"{paid.Status} {paid.Json["state"]}");
        Assert.Equal("Drita gusht 2018", (string?)paid.Json["description"]);
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(rich));
        Assert.Empty(await arta.InvoicesAsync(contract));
        Assert.Equal(["000000001 confirmed"], await own.Sandbox.BookedAsync("oshee"));
        Assert.Equal("409 invoice_already_paid", (await arta.QuoteAsync(contract, "000000001", rich)).ToString());
    }

    [Fact, Requirement("BILL-03")]
    public async Task A_second_contract_stands_under_the_same_company_told_apart_by_code_and_name()
    {
        var arta = await scene.CustomerAsync();
        await arta.RegisteredAsync(Code, "Shtëpia");
        await arta.RegisteredAsync("TR0.A0000000000001", "Shtëpia");

        var oshee = Assert.Single((await arta.GetAsync("v1/bills/contracts")).Json["items"]!.AsArray())!;

        Assert.Equal(
            ["TR0.A0000000000001 Shtëpia 0", $"{Code} Shtëpia 1"],
            oshee["contracts"]!.AsArray().Select(c => $"{c!["clientCode"]} {c["name"]} {c["unpaidInvoices"]}"));
    }

    [Fact, Requirement("BILL-02")]
    public async Task The_same_contract_twice_is_a_conflict()
    {
        var arta = await scene.CustomerAsync();
        var first = await arta.RegisterAsync(Code);

        var second = await arta.RegisterAsync(Code, "Tjetër emër");

        Assert.Equal("409 contract_already_registered", second.ToString());
        Assert.Equal((string?)first.Json["id"], (string?)second.Json["contract"]);
    }

    [Theory, Requirement("BILL-04")]
    [InlineData("1234567", "201")]
    [InlineData("1234567890", "422 client_code_unknown")]
    [InlineData("12345678901", "400 invalid_input\n/clientCode smart_card_number")]
    [InlineData("12345678901234", "400 invalid_input\n/clientCode smart_card_number")]
    [InlineData("123456789012345", "400 invalid_input\n/clientCode client_code_format")]
    public async Task DIGITALB_takes_the_contract_number_and_refuses_the_smart_cards_with_its_own_error(string code, string expected)
    {
        var arta = await scene.CustomerAsync();

        var answer = await arta.RegisterAsync(code, "TV", "digitalb");

        Assert.Equal(expected, answer.Code is null ? $"{answer.Status}" : answer.ToString());
    }
}

namespace Serverless.Sandbox.Tests;

public sealed class BillerContractTests
{
    [Fact]
    public async Task The_samples_invoice_is_there_with_every_value()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal("""200 {"clientCode":"TR0.A0000000000000","name":"Test Test"}""", $"{await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000000")}");
        const string invoice = """
            {"number":"000000001","clientCode":"TR0.A0000000000000","subscriberName":"Test Test","amount":{"amount":"1707.40","currency":"ALL"},"penalty":{"amount":"0.00","currency":"ALL"},"issuedOn":"2018-08-01","dueOn":null,"status":"unpaid"}
            """;
        Assert.Equal(
            $$"""200 {"clientCode":"TR0.A0000000000000","subscriberName":"Test Test","invoices":[{{invoice}}]}""",
            $"{await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000000/invoices")}");
        Assert.Equal($"200 {invoice}", $"{await sandbox.GetAsync("/billers/oshee/invoices/TR0.A0000000000000/000000001")}");
        Assert.Equal(
            """200 {"clientCode":"TR0.A0000000000001","subscriberName":"Test Test","invoices":[]}""",
            $"{await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000001/invoices")}");
    }

    [Theory]
    [InlineData("oshee", "TR0.A0000000000000", "^[A-Z]{2}[0-9]\\.[A-Z][0-9]{13}$", "^[0-9]{9}$")]
    [InlineData("ukt", "10045678", "^[0-9]{8}$", "^UK-[0-9]{6}-[0-9]{6}$")]
    [InlineData("albtelecom", "422667788", "^[0-9]{9}$", "^AT[0-9]{10}$")]
    [InlineData("digitalb", "1234567", "^[0-9]{6,10}$", "^DA-[0-9]{4}-[0-9]{6}$")]
    [InlineData("traffic-police", "AA123BB", "^[A-Z]{2}[0-9]{3}[A-Z]{2}$", "^[0-9]{4}-[0-9]{7}$")]
    public async Task Each_company_has_a_test_subscriber_with_something_to_pay_in_its_own_formats(string company, string clientCode, string codeShape, string numberShape)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.GetAsync($"/billers/{company}/subscribers/{clientCode}/invoices");

        Assert.Equal("Test Test", $"{answer.Json["subscriberName"]}");
        Assert.Matches(codeShape, clientCode);
        Assert.NotEmpty(answer.Json["invoices"]!.AsArray());
        Assert.All(answer.Json["invoices"]!.AsArray(), invoice => Assert.Matches(numberShape, $"{invoice!["number"]}"));
    }

    [Theory]
    [InlineData("/billers/oshee/subscribers/tr0.a0000000000000", "unknown_subscriber")]
    [InlineData("/billers/oshee/subscribers/TR0.A9999999999999/invoices", "unknown_subscriber")]
    [InlineData("/billers/oshee/invoices/TR0.A0000000000001/000000001", "unknown_invoice")]
    [InlineData("/billers/oshee/invoices/TR0.A0000000000000/000000009", "unknown_invoice")]
    [InlineData("/billers/oshee/payments/never-sent", "unknown_payment")]
    [InlineData("/billers/nobody/subscribers/1", "not_found")]
    public async Task What_a_biller_does_not_know_is_404_with_a_code(string path, string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.GetAsync(path);

        Assert.Equal((404, code), (answer.Status, $"{answer.Json["code"]}"));
    }

    [Fact]
    public async Task A_payment_is_confirmed_and_the_invoice_leaves_the_unpaid_list()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        const string settlement = """{"paymentId":"p-1","status":"confirmed","reference":"OSHEE-000001","code":null}""";
        Assert.Equal($"201 {settlement}", $"{await sandbox.PayAsync("p-1")}");

        Assert.Empty(await sandbox.UnpaidAsync());
        Assert.Equal("paid", $"{(await sandbox.GetAsync("/billers/oshee/invoices/TR0.A0000000000000/000000001")).Json["status"]}");
        Assert.Equal($"200 {settlement}", $"{await sandbox.SettlementAsync("p-1")}");
    }

    [Fact]
    public async Task The_same_payment_again_gets_the_same_answer_and_is_booked_once()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sandbox.PayAsync("p-1")));

        Assert.Equal("""201 {"paymentId":"p-1","status":"confirmed","reference":"OSHEE-000001","code":null}""", Assert.Single(answers.Select(answer => $"{answer}").Distinct()));
        Assert.Equal(["p-1 confirmed 20"], await sandbox.BookedAsync());
    }

    [Fact]
    public async Task Of_many_payments_of_one_invoice_exactly_one_is_confirmed()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => sandbox.PayAsync($"p-{number}")));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(19, answers.Count(answer => answer.Status == 409 && $"{answer.Json["code"]}" == "already_paid"));
    }

    [Fact]
    public async Task A_payment_id_used_for_other_content_is_refused_and_changes_nothing()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PayAsync("p-1");

        var answer = await sandbox.PostAsync("/billers/oshee/payments", Bills.Payment("p-1", amount: "1.00"));

        Assert.Equal((400, "payment_id_reused"), (answer.Status, $"{answer.Json["code"]}"));
        Assert.Equal(["p-1 confirmed 1"], await sandbox.BookedAsync());
    }

    [Theory]
    [InlineData("1707.41", "0.00", "ALL")]
    [InlineData("1707.40", "0.01", "ALL")]
    [InlineData("1707.40", "0.00", "EUR")]
    public async Task Another_amount_than_the_invoices_is_refused_for_good(string amount, string penalty, string currency)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var first = await sandbox.PostAsync("/billers/oshee/payments", Bills.Payment("p-1", amount: amount, penalty: penalty, currency: currency));
        var again = await sandbox.PostAsync("/billers/oshee/payments", Bills.Payment("p-1", amount: amount, penalty: penalty, currency: currency));

        const string settlement = """{"paymentId":"p-1","status":"refused","reference":null,"code":"amount_changed"}""";
        Assert.Equal($"409 {settlement}", $"{first}");
        Assert.Equal($"409 {settlement}", $"{again}");
        Assert.Equal($"200 {settlement}", $"{await sandbox.SettlementAsync("p-1")}");
        Assert.Equal(["000000001 1707.40"], await sandbox.UnpaidAsync());
    }

    [Fact]
    public async Task A_withdrawn_invoice_cannot_be_paid_and_is_no_longer_listed()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal("withdrawn", $"{(await sandbox.PostAsync("/billers/oshee/invoices/000000001/withdraw")).Json["status"]}");

        Assert.Equal("""409 {"paymentId":"p-1","status":"refused","reference":null,"code":"withdrawn"}""", $"{await sandbox.PayAsync("p-1")}");
        Assert.Empty(await sandbox.UnpaidAsync());
    }

    [Fact]
    public async Task A_payment_of_an_unknown_invoice_is_404_and_not_remembered()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PostAsync("/billers/oshee/payments", Bills.Payment("p-1", clientCode: "TR0.A0000000000001"));

        Assert.Equal((404, "unknown_invoice"), (answer.Status, $"{answer.Json["code"]}"));
        Assert.Equal(404, (await sandbox.SettlementAsync("p-1")).Status);
    }

    [Fact]
    public async Task Without_a_partner_key_every_call_of_the_contract_is_401()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        sandbox.Client.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(401, (await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000000")).Status);
        Assert.Equal(401, (await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000000/invoices")).Status);
        Assert.Equal(401, (await sandbox.GetAsync("/billers/oshee/invoices/TR0.A0000000000000/000000001")).Status);
        Assert.Equal(401, (await sandbox.PayAsync("p-1")).Status);
        Assert.Equal(401, (await sandbox.SettlementAsync("p-1")).Status);
        Assert.Equal(401, (await sandbox.PostAsync("/gateways/push/messages", "{}")).Status);
        Assert.Empty(await sandbox.BookedAsync());
    }

    [Fact]
    public async Task A_key_that_the_settings_name_is_the_only_one_accepted()
    {
        await using var sandbox = await SandboxHost.StartAsync(null, ("Keys:oshee", "the-agreed-key"), ("Keys:ukt", "partner-key"));

        Assert.Equal(401, (await sandbox.GetAsync("/billers/oshee/subscribers/TR0.A0000000000000")).Status);
        Assert.Equal(200, (await sandbox.GetAsync("/billers/ukt/subscribers/10045678")).Status);
    }
}

using Serverless.Testing;

namespace Serverless.Functions.Tests.Bills;

public sealed class ContractTests(BillsBank scene) : IClassFixture<BillsBank>
{
    [Theory, Requirement("BILL-02")]
    [InlineData("""{"company":"osh","clientCode":"TR0.A0000000000000","name":"x"}""", "400 invalid_input\n/company company_unknown")]
    [InlineData("""{"company":"OSHEE","clientCode":"TR0.A0000000000000","name":"x"}""", "400 invalid_input\n/company company_unknown")]
    [InlineData("""{"company":"oshee","clientCode":"TR0.A000000000000","name":"x"}""", "400 invalid_input\n/clientCode client_code_format")]
    [InlineData("""{"company":"oshee","clientCode":"tr0.a0000000000000","name":"x"}""", "400 invalid_input\n/clientCode client_code_format")]
    [InlineData("""{"company":"oshee","clientCode":"TR0.A9999999999999","name":"x"}""", "422 client_code_unknown")]
    [InlineData("""{"company":"oshee","clientCode":"TR0.A0000000000000"}""", "400 invalid_input\n/name required")]
    [InlineData("""{"company":"oshee","clientCode":"TR0.A0000000000000","name":"  "}""", "400 invalid_input\n/name blank")]
    [InlineData("""{"company":"oshee","clientCode":"TR0.A0000000000000","name":"x","note":"y"}""", "400 invalid_input\n/note unknown_member")]
    public async Task A_registration_that_cannot_be_taken_is_refused_with_its_own_error(string body, string expected)
    {
        var arta = await scene.CustomerAsync();

        Assert.Equal(expected, (await arta.PostAsync("v1/bills/contracts", body)).ToString());
        Assert.Empty((await arta.GetAsync("v1/bills/contracts")).Json["items"]!.AsArray());
    }

    [Fact, Requirement("BILL-02")]
    public async Task An_inactive_company_is_neither_listed_nor_registered()
    {
        await using var bank = await HttpBank.StartAsync(options => options.Settings["Bills:InactiveCompanies:0"] = "ukt");
        var arta = await bank.CustomerAsync();

        var listed = await arta.GetStringAsync("api/v1/bills/companies");
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/bills/contracts")
        {
            Content = HttpBank.Json("""{"company":"ukt","clientCode":"10045678","name":"Uji"}"""),
        };
        request.Headers.Add("Idempotency-Key", "one");
        using var answer = await arta.SendAsync(request);

        Assert.DoesNotContain("UKT", listed, StringComparison.Ordinal);
        Assert.Equal("400 invalid_input\n/company company_unknown", (await Http.Answer.ReadAsync(answer)).ToString());
    }

    [Fact, Requirement("BILL-02")]
    public async Task The_same_key_gives_the_same_answer_and_another_body_is_refused()
    {
        var arta = await scene.CustomerAsync();
        var (code, _) = await scene.SubscriberAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => arta.RegisterAsync(code, "Shtëpia", key: "one")));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal("422 idempotency_key_reused", (await arta.RegisterAsync(code, "Zyra", key: "one")).ToString());
        Assert.Equal("Shtëpia", (string?)Assert.Single(Assert.Single((await arta.GetAsync("v1/bills/contracts")).Json["items"]!.AsArray())!["contracts"]!.AsArray())!["name"]);
    }

    [Fact, Requirement("BILL-02")]
    public async Task A_company_out_of_reach_cannot_say_whether_it_knows_the_code()
    {
        var arta = await scene.CustomerAsync();
        await scene.Sandbox.TurnAsync("albtelecom", """{"errorRate":1}""");
        try
        {
            Assert.Equal("503 company_unavailable", (await arta.RegisterAsync("422667788", "Telefoni", "albtelecom")).ToString());
        }
        finally
        {
            await scene.Sandbox.MakeWellAsync("albtelecom");
        }
    }

    [Fact, Requirement("BILL-01"), Requirement("BILL-06")]
    public async Task A_vehicle_is_the_contract_of_the_traffic_police_and_its_fines_the_invoices()
    {
        var arta = await scene.CustomerAsync();
        var vehicle = await arta.RegisteredAsync("AA123BB", "Makina", "traffic-police");

        var fines = (await arta.GetAsync($"v1/bills/contracts/{vehicle}/invoices")).Json["items"]!.AsArray();

        Assert.Equal(2, fines.Count);
        Assert.Single(fines, fine => (string?)fine!["penalty"]!["amount"] != "0.00");
    }

    [Fact, Requirement("BILL-21")]
    public async Task A_contract_is_renamed_and_removed_and_can_be_registered_again()
    {
        var arta = await scene.CustomerAsync();
        var (code, _) = await scene.SubscriberAsync();
        var id = await arta.RegisteredAsync(code, "Shtëpia");

        var renamed = await arta.CallAsync("PATCH", $"v1/bills/contracts/{id}", """{"name":"Zyra"}""");
        Assert.Equal("200 Zyra", $"{renamed.Status} {renamed.Json["name"]}");
        Assert.Equal("Zyra", (string?)(await arta.GetAsync($"v1/bills/contracts/{id}")).Json["name"]);

        Assert.Equal(204, (await arta.CallAsync("DELETE", $"v1/bills/contracts/{id}")).Status);
        Assert.Equal("404 contract_not_found", (await arta.GetAsync($"v1/bills/contracts/{id}")).ToString());
        Assert.Equal("404 contract_not_found", (await arta.CallAsync("DELETE", $"v1/bills/contracts/{id}")).ToString());
        Assert.Equal(201, (await arta.RegisterAsync(code, "Shtëpia")).Status);
    }

    [Fact, Requirement("BILL-05"), Requirement("BILL-21")]
    public async Task A_contract_that_an_active_authorisation_uses_shows_it_and_cannot_be_removed()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("5.00");
        var (code, _) = await scene.SubscriberAsync();
        var id = await arta.RegisteredAsync(code);
        var authorised = await arta.PostAsync(
            "v1/bills/authorisations", $$"""{"company":"oshee","subscriberNumber":"{{code}}","paymentType":"manual","accountId":"{{account}}"}""");
        Assert.Equal(201, authorised.Status);

        var shown = (await arta.GetAsync($"v1/bills/contracts/{id}")).Json["authorisation"]!;
        Assert.Equal($"{authorised.Json["id"]} manual", $"{shown["id"]} {shown["type"]}");
        Assert.Equal("422 contract_in_use", (await arta.CallAsync("DELETE", $"v1/bills/contracts/{id}")).ToString());

        await arta.PostAsync($"v1/bills/authorisations/{authorised.Json["id"]}/cancellation", "{}");
        Assert.Equal(204, (await arta.CallAsync("DELETE", $"v1/bills/contracts/{id}")).Status);
    }

    [Fact, Requirement("BILL-05"), Requirement("BILL-21")]
    public async Task Another_customers_contract_is_as_unknown_as_none()
    {
        var arta = await scene.CustomerAsync();
        var (code, number) = await scene.SubscriberAsync();
        var id = await arta.RegisteredAsync(code);
        var besa = await scene.CustomerAsync();
        await besa.OpenAccountAsync("5.00");

        Assert.Equal("404 contract_not_found", (await besa.GetAsync($"v1/bills/contracts/{id}")).ToString());
        Assert.Equal("404 contract_not_found", (await besa.GetAsync($"v1/bills/contracts/{id}/invoices")).ToString());
        Assert.Equal("404 contract_not_found", (await besa.CallAsync("PATCH", $"v1/bills/contracts/{id}", """{"name":"Imja"}""")).ToString());
        Assert.Equal("404 contract_not_found", (await besa.CallAsync("DELETE", $"v1/bills/contracts/{id}")).ToString());
        Assert.Equal("404 contract_not_found", (await besa.QuoteAsync(id, number)).ToString());
        Assert.Equal(200, (await arta.GetAsync($"v1/bills/contracts/{id}")).Status);
    }

    [Fact]
    public async Task Info_access_may_look_and_not_register()
    {
        var arta = await scene.CustomerAsync("info");

        Assert.Equal(200, (await arta.GetAsync("v1/bills/companies")).Status);
        Assert.Equal("403 payment_right_missing", (await arta.RegisterAsync("TR0.A0000000000000")).ToString());
    }

    [Fact, Requirement("BILL-05")]
    public async Task Contracts_come_in_pages_by_company_newest_first()
    {
        var arta = await scene.CustomerAsync();
        await arta.RegisteredAsync("10045678", "Uji", "ukt");
        foreach (var name in new[] { "a", "b", "c" })
            await arta.RegisteredAsync((await scene.SubscriberAsync()).ClientCode, name);

        var names = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await arta.GetAsync($"v1/bills/contracts?limit=2{cursor}")).Json;
            names.AddRange(page["items"]!.AsArray().SelectMany(c => c!["contracts"]!.AsArray().Select(k => $"{c["company"]!["id"]} {k!["name"]}")));
            cursor = (string?)page["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(["oshee c", "oshee b", "oshee a", "ukt Uji"], names);
    }
}

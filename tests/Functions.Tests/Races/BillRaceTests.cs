using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Bills;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>Contracts, payments and authorisations raced with themselves.</summary>
public sealed class BillRaceTests(BillsBank scene) : IClassFixture<BillsBank>
{
    private const string Contracts = "api/v1/bills/contracts", Payments = "api/v1/bills/payments", Authorisations = "api/v1/bills/authorisations";

    [Theory, ProvesRace("Bills_Pay"), Requirement("BILL-24")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task One_order_sent_by_many_is_paid_once(int callers)
    {
        var arta = await PayerAsync();
        var call = RaceCall.Post(arta.Client, Payments, await arta.QuoteBodyAsync());

        await RaceHarness.SameKeyAsync(call, arta.TimesPaidAsync, callers);
    }

    [Fact, ProvesRace("Bills_Pay")]
    public async Task One_key_for_two_payments_pays_one_of_them()
    {
        var arta = await PayerAsync();
        var body = await arta.QuoteBodyAsync();
        var other = JsonNode.Parse(body)!.AsObject();
        other["description"] = "Tjetër";

        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(arta.Client, Payments, body), other.ToJsonString(), arta.TimesPaidAsync, 16);
    }

    [Fact, ProvesRace("Bills_Pay")]
    public async Task One_quote_is_confirmed_once_whatever_the_keys()
    {
        var arta = await PayerAsync();
        var call = RaceCall.Post(arta.Client, Payments, await arta.QuoteBodyAsync());

        await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(call, 16)], arta.TimesPaidAsync, "409 quote_already_confirmed", "409 invoice_being_paid", "409 invoice_already_paid");
    }

    [Fact, ProvesRace("Bills_Pay")]
    public async Task One_invoice_is_paid_once_whatever_the_quotes()
    {
        var arta = await PayerAsync();
        var calls = new List<RaceCall>();
        for (var i = 0; i < 8; i++)
            calls.Add(RaceCall.Post(arta.Client, Payments, await arta.QuoteBodyAsync()));

        await RaceHarness.OneShotAsync(calls, arta.TimesPaidAsync, "409 invoice_being_paid", "409 invoice_already_paid");
    }

    [Theory, ProvesRace("Bills_RegisterContract"), Requirement("BILL-02")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task One_registration_sent_by_many_makes_one_contract(int callers)
    {
        var (client, code) = (await ClientAsync(), (await scene.SubscriberAsync()).ClientCode);

        await RaceHarness.SameKeyAsync(RaceCall.Post(client, Contracts, Registration(code)), () => CountAsync(client, "contracts"), callers);
    }

    [Fact, ProvesRace("Bills_RegisterContract")]
    public async Task One_client_code_is_registered_once_whatever_the_keys_and_names()
    {
        var (client, code) = (await ClientAsync(), (await scene.SubscriberAsync()).ClientCode);
        var (second, secondCode) = (await ClientAsync(), (await scene.SubscriberAsync()).ClientCode);

        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, Contracts, Registration(code)), Registration(code, "Tjetër"), () => CountAsync(client, "contracts"));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 8).Select(i => RaceCall.Post(second, Contracts, Registration(secondCode, $"Emri {i}")))],
            () => CountAsync(second, "contracts"), "409 contract_already_registered");
    }

    [Fact, ProvesRace("Bills_RenameContract"), ProvesRace("Bills_RemoveContract")]
    public async Task A_contract_has_one_of_the_names_and_is_removed_once()
    {
        var (client, code) = (await ClientAsync(), (await scene.SubscriberAsync()).ClientCode);
        var contract = $"{Contracts}/{await CreateAsync(client, Contracts, Registration(code))}";

        await RaceHarness.SameCallAsync(Rename("Një"), async () => (string?)(await ReadAsync(client, contract))["name"] == "Një" ? 1 : 0);
        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(0, 8).Select(i => Rename($"Emri {i}"))],
            async () => await RenamedAsync(client, contract));
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, contract), async () => 1 - await CountAsync(client, "contracts"), doneAlready: "404 contract_not_found");

        RaceCall Rename(string name) => new(client, HttpMethod.Patch, contract, $$"""{"name":"{{name}}"}""");
    }

    [Fact, ProvesRace("Bills_CreateAuthorisation"), Requirement("BILL-12")]
    public async Task One_subscriber_gets_one_authorisation()
    {
        var (first, second, third) = (await PayerAsync(), await PayerAsync(), await PayerAsync());

        await RaceHarness.SameKeyAsync(RaceCall.Post(first.Client, Authorisations, Terms(first)), () => CountAsync(first.Client, "authorisations"), 16);
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(second.Client, Authorisations, Terms(second)), Terms(second, 9), () => CountAsync(second.Client, "authorisations"));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(1, 8).Select(day => RaceCall.Post(third.Client, Authorisations, Terms(third, day)))],
            () => CountAsync(third.Client, "authorisations"), "409 authorisation_exists");
    }

    [Fact, ProvesRace("Bills_ModifyAuthorisation"), ProvesRace("Bills_CancelAuthorisation"), ProvesRace("Bills_ReopenAuthorisation")]
    public async Task An_authorisation_has_one_of_the_terms_and_is_cancelled_and_reopened_once()
    {
        var arta = await PayerAsync();
        var one = $"{Authorisations}/{await CreateAsync(arta.Client, Authorisations, Terms(arta))}";

        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(1, 8).Select(day => new RaceCall(arta.Client, HttpMethod.Patch, one, $$"""{"paymentDay":{{day}}}"""))],
            async () => (await ReadAsync(arta.Client, one)).ToJsonString());
        await RaceHarness.SameCallAsync(RaceCall.Post(arta.Client, $"{one}/cancellation"), () => StateIsAsync("cancelled"));
        await RaceHarness.SameCallAsync(RaceCall.Post(arta.Client, $"{one}/reopening", """{"paymentDay":20}"""), () => StateIsAsync("active"));

        async Task<int> StateIsAsync(string state) => (string?)(await ReadAsync(arta.Client, one))["state"] == state ? 1 : 0;
    }

    [Fact, ProvesRace("Webhooks_Receive"), Requirement("BILL-24")]
    public async Task A_refusal_that_the_company_tells_many_times_at_once_gives_the_money_back_once()
    {
        const string company = "ukt", code = "30045678", number = "UK-201809-999001";
        await scene.Sandbox.AddSubscriberAsync(company, code, "Test Test");
        await scene.Sandbox.AddInvoiceAsync(company, code, number, "1707.40");
        await scene.Sandbox.TurnAsync(company, """{"pendingRate":1,"settleAfterMs":null}""");
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        var quote = await arta.QuotedAsync(await arta.RegisteredAsync(code, company: company), number);
        var payment = Guid.Parse((string)(await arta.PayAsync(quote)).Json["id"]!);
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));

        var told = Enumerable.Range(0, 16).Select(i => Webhook(company, $"msg-{number}-{i / 4}", $$$"""
            {"type":"payment.settled","timestamp":"2026-01-01T00:00:00Z","data":{"paymentId":"{{{payment:N}}}","status":"refused","reference":null,"code":"withdrawn"}}
            """)).ToArray();
        var answers = await RaceHarness.AtOnceAsync([.. told.Select(call => (call, (string?)null))]);

        Assert.All(answers, answer => Assert.Equal("204 ", answer.ToString()));
        await arta.PaymentOnceAsync(payment, "failed");
        Assert.Equal("2000.00 ALL", await arta.BalanceAsync(account));
        var entries = (await arta.GetAsync($"v1/accounts/{account}/entries")).Json["items"]!.AsArray();
        Assert.Equal(3, entries.Count);
    }

    private RaceCall Webhook(string partner, string id, string body)
    {
        var timestamp = scene.Bank.Host.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String("c2FuZGJveCBvbmx5LCB1a3QuLi4uLi4uLi4uLi4uLi4="), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        return RaceCall.Post(scene.Bank.Anonymous, $"api/webhooks/{partner}", body) with
        {
            Headers = [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", $"v1,{signature}")],
        };
    }

    private async Task<HttpClient> ClientAsync() => await scene.Bank.CustomerAsync((await scene.CustomerAsync()).Number);

    private async Task<RacingPayer> PayerAsync()
    {
        var payer = await scene.CustomerAsync();
        var account = await payer.OpenAccountAsync("9000.00");
        var (code, number) = await scene.SubscriberAsync("100.00");
        return new RacingPayer(payer, await scene.Bank.CustomerAsync(payer.Number), account, code, number, await payer.RegisteredAsync(code));
    }

    private static string Registration(string code, string name = "Test Test") => $$"""{"company":"oshee","clientCode":"{{code}}","name":"{{name}}"}""";

    private static string Terms(RacingPayer payer, int day = 15) =>
        $$"""{"company":"oshee","subscriberNumber":"{{payer.ClientCode}}","accountId":"{{payer.Account}}","paymentType":"automatic","paymentDay":{{day}}}""";

    private static async Task<JsonNode> ReadAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!;

    private static async Task<string> RenamedAsync(HttpClient client, string contract)
    {
        // The answer to a change shows less than the page of a contract: change nothing and look at that.
        var name = (string?)(await ReadAsync(client, contract))["name"];
        using var body = HttpBank.Json($$"""{"name":"{{name}}"}""");
        using var answer = await client.PatchAsync(contract, body);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<string> CreateAsync(HttpClient client, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = HttpBank.Json(json) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    /// <summary>How many contracts or authorisations the customer has.</summary>
    private static async Task<int> CountAsync(HttpClient client, string what)
    {
        var list = await ReadAsync(client, $"api/v1/bills/{what}");
        var items = list["items"]!.AsArray();
        return what == "contracts" ? items.Sum(company => company!["contracts"]!.AsArray().Count) : items.Count;
    }

    /// <summary>Somebody with 9000.00 ALL and one invoice of 100.00 ALL.</summary>
    private sealed record RacingPayer(Payer Payer, HttpClient Client, Guid Account, string ClientCode, string Number, Guid Contract)
    {
        public async Task<string> QuoteBodyAsync() => $$"""{"quoteId":"{{(string)(await Payer.QuoteAsync(Contract, Number)).Json["quoteId"]!}}"}""";

        /// <summary>By the account; it and the list of payments must say the same.</summary>
        public async Task<int> TimesPaidAsync()
        {
            var balance = decimal.Parse((await Payer.BalanceAsync(Account)).Split(' ')[0], CultureInfo.InvariantCulture);
            var payments = (await Payer.GetAsync("v1/bills/payments")).Json["items"]!.AsArray();
            var times = (int)((9000m - balance) / 100m);
            Assert.Equal(times, payments.Count(payment => (string?)payment!["state"] == "paid"));
            return times;
        }
    }
}

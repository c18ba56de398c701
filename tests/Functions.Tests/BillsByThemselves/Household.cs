using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Emulator;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BillsByThemselves;

/// <summary>One customer with one account at a bank of its own, on a day of its own: what the tests of autopay and pushes speak through.</summary>
internal sealed class Household : IAsyncDisposable
{
    public const string Number = "100000001";

    private readonly HttpBank bank;
    private HttpClient teller;
    private HttpClient customer;

    private Household(HttpBank bank, HttpClient teller, HttpClient customer, string accountId) =>
        (this.bank, this.teller, this.customer, AccountId) = (bank, teller, customer, accountId);

    public HttpBank Bank => bank;

    public string AccountId { get; }

    /// <param name="now">UTC.</param>
    public static async Task<Household> OpenAsync(string now = "2027-01-10T12:00:00Z", string money = "10000.00")
    {
        var start = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        var bank = await HttpBank.StartAsync(options => options.Clock = new MovableClock(start));
        (await bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{now}}"}"""))).EnsureSuccessStatusCode();
        var teller = await bank.StaffAsync();
        var customer = await bank.CustomerAsync(Number);
        var household = new Household(bank, teller, customer, "");
        await household.SaveContactAsync(Number);
        return new Household(bank, teller, customer, await household.OpenAccountAsync(Number, money));
    }

    public async Task SaveContactAsync(string number) => await MustAsync(teller, "PUT", $"api/backoffice/v1/customers/{number}", $$"""
        {"name":"Test Test","language":"en","pushToken":"phone-{{number}}","email":"{{number}}@example.com","phone":"+35569{{number[^7..]}}"}
        """);

    public async Task<string> OpenAccountAsync(string number, string money)
    {
        var account = await MustAsync(
            teller, "POST", "api/backoffice/v1/accounts", $$"""{"customer":"{{number}}","currency":"ALL","name":"Llogaria","isMain":true}""");
        var id = account["id"]!.GetValue<string>();
        await DepositAsync(money, id);
        return id;
    }

    public Task DepositAsync(string money, string? account = null) => MustAsync(
        teller, "POST", $"api/backoffice/v1/accounts/{account ?? AccountId}/cash-deposits", $$$"""{"amount":{"amount":"{{{money}}}","currency":"ALL"},"description":"Cash"}""");

    /// <summary>What the account may spend, as the customer sees it.</summary>
    public async Task<string> AvailableAsync() => (await GetAsync($"accounts/{AccountId}"))["available"]!["amount"]!.GetValue<string>();

    public async Task AddSubscriberAsync(string code, string company = "oshee") =>
        (await bank.Sandbox.PostAsync($"billers/{company}/subscribers", HttpBank.Json($$"""{"clientCode":"{{code}}","name":"Test Test"}"""))).EnsureSuccessStatusCode();

    public async Task IssueAsync(string code, string number, string amount, string? issuedOn = null, bool notify = false, string company = "oshee")
    {
        var body = new JsonObject
        {
            ["clientCode"] = code,
            ["number"] = number,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "ALL" },
            ["notify"] = notify,
        };
        if (issuedOn is not null)
            body["issuedOn"] = issuedOn;
        (await bank.Sandbox.PostAsync($"billers/{company}/invoices", HttpBank.Json(body.ToJsonString()))).EnsureSuccessStatusCode();
    }

    /// <summary>Registers a contract; by another customer when a client is given.</summary>
    public async Task<string> RegisterAsync(string code, string name = "Test Test", string company = "oshee", HttpClient? by = null) =>
        (await MustAsync(by ?? customer, "POST", "api/v1/bills/contracts", $$"""{"company":"{{company}}","clientCode":"{{code}}","name":"{{name}}"}"""))["id"]!.GetValue<string>();

    public async Task<JsonNode> AuthoriseAsync(string code, string terms, string company = "oshee") => await MustAsync(
        customer, "POST", "api/v1/bills/authorisations",
        $$"""{"company":"{{company}}","subscriberNumber":"{{code}}","accountId":"{{AccountId}}",{{terms}}}""");

    public Task<JsonNode> GetAsync(string path) => MustAsync(customer, "GET", $"api/v1/{path}", null);

    public Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(string method, string path, string? json, string? key = null) =>
        SendAsync(customer, method, $"api/v1/{path}", json, key);

    public async Task FireAsync(string timer)
    {
        await bank.Host.FireTimerAsync(timer);
        await bank.WhenIdleAsync();
    }

    /// <summary>Two runs, since a timer may run twice and nothing may happen twice.</summary>
    public async Task PollTwiceAsync()
    {
        await FireAsync("Bills_StartInvoicePolls");
        await FireAsync("Bills_StartInvoicePolls");
    }

    /// <summary>Lets the time pass, with everything that falls due in it. UTC.</summary>
    public async Task PassTimeUntilAsync(string time)
    {
        var target = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        await SetSandboxAsync(target);
        await bank.Host.MoveClockToAsync(target);
        await bank.WhenIdleAsync();

        // Working off what fell due took real time, in which both clocks went on; the tokens of before have expired.
        await SetSandboxAsync(bank.Host.Clock.GetUtcNow());
        (teller, customer) = (await bank.StaffAsync(), await bank.CustomerAsync(Number));
    }

    private async Task SetSandboxAsync(DateTimeOffset now) =>
        (await bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""))).EnsureSuccessStatusCode();

    /// <summary>Numbers of the invoices that the company has booked as paid, in order of booking.</summary>
    public async Task<string[]> BookedAsync(string company = "oshee")
    {
        var payments = JsonNode.Parse(await bank.Sandbox.GetStringAsync($"billers/{company}/payments"))!;
        return [.. Items(payments).Select(payment => payment!["invoiceNumber"]!.GetValue<string>())];
    }

    /// <summary>Title and text of what the customer received, oldest first.</summary>
    public async Task<string[]> InboxAsync(string channel, string number = Number)
    {
        var messages = JsonNode.Parse(await bank.Sandbox.GetStringAsync($"inbox/messages?customer={number}&channel={channel}"))!;
        return [.. Items(messages).Select(message => $"{message!["title"]}: {message["text"]}").Reverse()];
    }

    public async Task<string[]> UnpaidAsync(string contract) =>
        [.. Items(await GetAsync($"bills/contracts/{contract}/invoices")).Select(invoice => invoice!["number"]!.GetValue<string>())];

    public async Task KnobAsync(string party, string json) =>
        (await bank.Sandbox.PutAsync($"knobs/{party}", HttpBank.Json(json))).EnsureSuccessStatusCode();

    public async Task WellAgainAsync(string party) => (await bank.Sandbox.DeleteAsync($"knobs/{party}")).EnsureSuccessStatusCode();

    public ValueTask DisposeAsync() => bank.DisposeAsync();

    private static JsonArray Items(JsonNode list) => list is JsonArray array ? array
        : list.AsObject().Select(member => member.Value).OfType<JsonArray>().First();

    private static async Task<JsonNode> MustAsync(HttpClient client, string method, string path, string? json)
    {
        var (status, body) = await SendAsync(client, method, path, json, null);
        Assert.True((int)status < 300, $"{method} {path} answered {(int)status}: {body}");
        return body!;
    }

    private static async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpClient client, string method, string path, string? json, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (json is not null)
            request.Content = HttpBank.Json(json);
        if (method == "POST")
            request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text, null, new JsonDocumentOptions()));
    }
}

using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Races;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

/// <summary>A bank whose back office has the people that four eyes need.</summary>
public sealed class Office : IAsyncLifetime
{
    private readonly RaceBank scene = new();

    public HttpBank Bank => scene.Bank;

    /// <summary>A teller, who proposes.</summary>
    public HttpClient Teller { get; private set; } = null!;

    /// <summary>Two bookkeepers, who propose and decide.</summary>
    public HttpClient Ilir { get; private set; } = null!;

    public HttpClient Mira { get; private set; } = null!;

    public HttpClient Auditor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await scene.InitializeAsync();
        await SignInAsync();
    }

    /// <summary>Again, after the clock was moved.</summary>
    public async Task SignInAsync() => (Teller, Ilir, Mira, Auditor) = (
        await Bank.StaffAsync("teller-1", "branch"), await Bank.StaffAsync("ilir", "ledger"), await Bank.StaffAsync("mira", "ledger branch"), await Bank.StaffAsync("auditor", "audit"));

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    public string NewCustomer() => scene.NewCustomer();

    public Task<RacedAccount> OpenAsync(string balance = "0.00", string? customer = null, string currency = "ALL") => scene.OpenAccountAsync(customer, balance, currency);

    public static Task<RaceAnswer> PostAsync(HttpClient who, string path, string json) =>
        SendAsync(who, HttpMethod.Post, path, json, Guid.NewGuid().ToString());

    /// <summary>Decides as one of the bookkeepers.</summary>
    public static Task<RaceAnswer> DecideAsync(HttpClient who, JsonNode change, string decision = "approve") =>
        SendAsync(who, HttpMethod.Put, $"api/backoffice/v1/changes/{(string)change["id"]!}/decision", $$"""{"decision":"{{decision}}","reason":"E shqyrtuar"}""");

    /// <summary>Proposed by Ilir, approved by Mira.</summary>
    public async Task<JsonNode> ChangeAsync(string path, string json)
    {
        var proposed = await PostAsync(path.Contains("ledger", StringComparison.Ordinal) ? Ilir : Teller, path, json);
        Assert.True((int)proposed.Status == 201, proposed.ToString());
        var decided = await DecideAsync(Mira, proposed.Json);
        Assert.True(decided.IsSuccess, decided.ToString());
        return decided.Json;
    }

    public Task<JsonNode> SetStatusAsync(RacedAccount account, string status) =>
        ChangeAsync(Status(account), $$"""{"status":"{{status}}","reason":"Urdhër"}""");

    public static string Status(RacedAccount account) => $"api/backoffice/v1/accounts/{account.Id}/status-changes";

    public static string Overdraft(RacedAccount account) => $"api/backoffice/v1/accounts/{account.Id}/overdraft-limits";

    public static string Minimum(RacedAccount account) => $"api/backoffice/v1/accounts/{account.Id}/minimum-balances";

    public static string Amount(string member, string amount, string currency = "ALL") =>
        $$"""{"{{member}}":{"amount":"{{amount}}","currency":"{{currency}}"},"reason":"Kontratë"}""";

    public Task<RaceAnswer> DepositAsync(RacedAccount account, string amount) => PostAsync(
        Teller, $"api/backoffice/v1/accounts/{account.Id}/cash-deposits", $$"""{"amount":{"amount":"{{amount}}","currency":"ALL"},"description":"Derdhje"}""");

    /// <summary>From one account of a customer to another; the answer to the quote when that is refused.</summary>
    public async Task<RaceAnswer> TransferAsync(RacedAccount from, RacedAccount to, string amount)
    {
        using var customer = await Bank.CustomerAsync(from.Customer);
        var quote = await PostAsync(
            customer, "api/v1/transfers/own/quotes",
            $$"""{"fromAccountId":"{{from.Id}}","toAccountId":"{{to.Id}}","amount":{"amount":"{{amount}}","currency":"ALL"},"description":"Kursim"}""");
        return quote.IsSuccess
            ? await PostAsync(customer, "api/v1/transfers/own", $$"""{"quoteId":"{{(string)(quote.Json["quoteId"] ?? quote.Json["id"])!}}"}""")
            : quote;
    }

    public async Task<JsonNode> AccountAsync(RacedAccount account)
    {
        using var customer = await Bank.CustomerAsync(account.Customer);
        return JsonNode.Parse(await customer.GetStringAsync($"api/v1/accounts/{account.Id}"))!;
    }

    public async Task<string> BalanceAsync(RacedAccount account) => (string)(await AccountAsync(account))["balance"]!["amount"]!;

    public async Task<JsonArray> EntriesAsync(RacedAccount account)
    {
        using var customer = await Bank.CustomerAsync(account.Customer);
        return JsonNode.Parse(await customer.GetStringAsync($"api/v1/accounts/{account.Id}/entries"))!["items"]!.AsArray();
    }

    public async Task<JsonArray> ItemsAsync(string path) => JsonNode.Parse(await Ilir.GetStringAsync(path))!["items"]!.AsArray();

    public async Task<JsonArray> AuditAsync(string query) =>
        JsonNode.Parse(await Auditor.GetStringAsync($"api/backoffice/v1/audit?{query}"))!["items"]!.AsArray();

    public async Task ProvenAsync()
    {
        var balance = JsonNode.Parse(await Ilir.GetStringAsync("api/backoffice/v1/ledger/trial-balance"))!;
        Assert.True((bool)balance["isProven"]!, balance.ToJsonString());
    }

    public static async Task<RaceAnswer> SendAsync(HttpClient who, HttpMethod method, string path, string? json, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : HttpBank.Json(json) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await who.SendAsync(request);
        return new RaceAnswer(answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Banking;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>A bank on a morning of February, one per test class; every test has customers of its own.</summary>
public sealed class AccountBank : IAsyncLifetime
{
    /// <summary>Thursday, 10:00 in BankTime.Tirane, three days before the end of a short month.</summary>
    private static readonly DateTimeOffset Start = new(2027, 2, 25, 9, 0, 0, TimeSpan.Zero);

    private static int numbers = 400_000_000;

    private string teller = "";

    public HttpBank Bank { get; private set; } = null!;

    public SummaryStubs Stubs { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Bank = await HttpBank.StartAsync(options =>
        {
            options.Clock = new MovableClock(Start);
            options.ConfigureServices(Stubs.AddTo);
        });
        using var clock = await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Start:O}}"}"""));
        clock.EnsureSuccessStatusCode();
        await RenewAsync();
    }

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    /// <summary>After the clock was moved.</summary>
    public async Task RenewAsync() => teller = await Bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });

    public async Task<BankCustomer> NewCustomerAsync(string? email = null, string name = "Ëngjëll Çela", string language = "sq")
    {
        var number = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        await Bank.CallAsync(
            "PUT", $"backoffice/v1/customers/{number}",
            new JsonObject { ["name"] = name, ["language"] = language, ["pushToken"] = $"token-{number}", ["email"] = email }.ToJsonString(), teller);
        return await SignInAsync(number);
    }

    public async Task<BankCustomer> SignInAsync(string number) =>
        new(number, Bank, await Bank.TokenAsync(new() { ["customer"] = number, ["rights"] = "payment" }));

    /// <param name="money">As "100.00" or "15.00 EUR"; "0.00" pays nothing in.</param>
    public async Task<string> OpenAsync(BankCustomer customer, string money = "0.00")
    {
        var words = money.Split(' ');
        var currency = words.Length > 1 ? words[1] : "ALL";
        var opened = await StaffPostAsync(
            "backoffice/v1/accounts", new JsonObject { ["customer"] = customer.Number, ["currency"] = currency, ["name"] = "Kryesore" });
        var id = (string)opened["id"]!;
        if (words[0] != "0.00")
            await DepositAsync(id, words[0], currency);
        return id;
    }

    public Task<JsonNode> DepositAsync(string account, string amount, string currency = "ALL", string description = "Derdhje në arkë") => StaffPostAsync(
        $"backoffice/v1/accounts/{account}/cash-deposits",
        new JsonObject { ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency }, ["description"] = description });

    /// <summary>What a customer received, newest first.</summary>
    public async Task<JsonArray> InboxAsync(BankCustomer customer, string channel)
    {
        using var answer = await Bank.Sandbox.GetAsync($"inbox/messages?customer={customer.Number}&channel={channel}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["messages"]!.AsArray();
    }

    private async Task<JsonNode> StaffPostAsync(string path, JsonObject body)
    {
        var answer = await Bank.CallAsync("POST", path, body.ToJsonString(), teller, request => request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString()));
        Assert.Equal(201, answer.Status);
        return answer.Json;
    }
}

/// <summary>A signed-in customer.</summary>
public sealed record BankCustomer(string Number, HttpBank Bank, string Token)
{
    internal Task<Answer> GetAsync(string path, string language = "en") =>
        Bank.CallAsync("GET", path, token: Token, change: request => request.Headers.Add("Accept-Language", language));

    internal Task<Answer> SendAsync(string method, string path, JsonObject? body = null, string? key = null, string language = "en") =>
        Bank.CallAsync(method, path, body?.ToJsonString(), Token, request =>
        {
            request.Headers.Add("Accept-Language", language);
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
        });

    internal async Task<JsonNode> AccountAsync(string id) => (await GetAsync($"v1/accounts/{id}")).Json;

    /// <summary>Available balance, as "100.00 ALL".</summary>
    internal async Task<string> AvailableAsync(string id)
    {
        var amount = (await AccountAsync(id))["available"]!;
        return $"{(string)amount["amount"]!} {(string)amount["currency"]!}";
    }

    internal async Task<byte[]> DownloadAsync(JsonNode download)
    {
        using var file = await Bank.Anonymous.GetAsync(((string)download["url"]!)[1..]);
        Assert.True(file.IsSuccessStatusCode, await file.Content.ReadAsStringAsync());
        return await file.Content.ReadAsByteArrayAsync();
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>A bank for race tests: one per test class; every test has customers of its own.</summary>
public sealed class RaceBank : IAsyncLifetime
{
    private static int numbers = 300_000_000;

    public HttpBank Bank { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bank = await HttpBank.StartAsync();

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    /// <summary>The number of a customer nobody else has.</summary>
    public string NewCustomer() => Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);

    /// <summary>An account opened at a branch, with cash paid in.</summary>
    /// <param name="customer">Null for a new one.</param>
    /// <param name="balance">"0.00" pays nothing in.</param>
    public async Task<RacedAccount> OpenAccountAsync(string? customer = null, string balance = "0.00", string currency = "ALL", bool isMain = false)
    {
        customer ??= NewCustomer();
        using var teller = await Bank.StaffAsync();
        var account = await PostAsync(
            teller, "api/backoffice/v1/accounts",
            $$"""{"customer":"{{customer}}","currency":"{{currency}}","name":"Llogaria","isMain":{{(isMain ? "true" : "false")}}}""");
        var opened = new RacedAccount(customer, Guid.Parse((string)account["id"]!), (string)account["iban"]!);
        if (decimal.Parse(balance, CultureInfo.InvariantCulture) > 0)
        {
            await PostAsync(
                teller, $"api/backoffice/v1/accounts/{opened.Id}/cash-deposits",
                $$"""{"amount":{"amount":"{{balance}}","currency":"{{currency}}"},"description":"Derdhje"}""");
        }

        return opened;
    }

    /// <summary>For calls that must work.</summary>
    public static async Task<JsonNode> PostAsync(HttpClient client, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = HttpBank.Json(json) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}

public sealed record RacedAccount(string Customer, Guid Id, string Iban);

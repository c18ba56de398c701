using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>A customer with lek and euro who asks for preferential rates; the treasury's board of today is in force.</summary>
internal sealed class TreasuryScene : IAsyncDisposable
{
    private readonly HttpClient customer;
    private readonly (string Lek, string Euro) accounts;

    private TreasuryScene(HttpClient customer, (string Lek, string Euro) accounts) => (this.customer, this.accounts) = (customer, accounts);

    public static async Task<TreasuryScene> OpenAsync(HttpBank bank)
    {
        using var dealer = await bank.StaffAsync("dealer-1", "treasury");
        await SendAsync(dealer, HttpMethod.Post, "backoffice/v1/fx/boards", """{"rates":[{"currency":"EUR","buy":"97.20","sell":"98.90"}]}""");
        using var teller = await bank.StaffAsync();
        var customer = await bank.CustomerAsync("700000001");
        return new TreasuryScene(customer, (await AccountAsync(teller, "ALL", "3000000.00"), await AccountAsync(teller, "EUR", "20000.00")));
    }

    /// <param name="operation"><c>buy</c> or <c>sell</c> euro.</param>
    /// <returns>The case's id.</returns>
    public async Task<string> AskAsync(string amount, string operation = "buy")
    {
        var (from, to) = operation == "buy" ? (accounts.Lek, accounts.Euro) : (accounts.Euro, accounts.Lek);
        var quote = await SendAsync(
            customer, HttpMethod.Post, $"v1/fx/exchanges/{operation}/quotes",
            $$$"""{"fromAccountId":"{{{from}}}","toAccountId":"{{{to}}}","amount":{"amount":"{{{amount}}}","currency":"EUR"}}""");
        var id = Guid.NewGuid().ToString();
        await SendAsync(customer, HttpMethod.Put, $"v1/fx/rate-requests/{id}", $$"""{"quoteId":"{{quote["quoteId"]}}"}""");
        return id;
    }

    /// <returns>Status and confirmed rate, as the customer sees them.</returns>
    public async Task<string> StandingAsync(string id)
    {
        var it = await SendAsync(customer, HttpMethod.Get, $"v1/fx/rate-requests/{id}");
        return $"{it["status"]} {it["confirmedRate"]}";
    }

    public ValueTask DisposeAsync()
    {
        customer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<string> AccountAsync(HttpClient teller, string currency, string balance)
    {
        var account = (string)(await SendAsync(teller, HttpMethod.Post, "backoffice/v1/accounts", $$"""{"customer":"700000001","currency":"{{currency}}","name":"{{currency}}"}"""))["id"]!;
        await SendAsync(
            teller, HttpMethod.Post, $"backoffice/v1/accounts/{account}/cash-deposits", $$"""{"amount":{"amount":"{{balance}}","currency":"{{currency}}"},"description":"Cash"}""");
        return account;
    }

    internal static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, $"api/{path}");
        if (json is not null)
            request.Content = HttpBank.Json(json);
        if (method == HttpMethod.Post)
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}

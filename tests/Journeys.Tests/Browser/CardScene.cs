using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>A customer with a loan elsewhere who asks for a credit card of 200,000 ALL: a person has to look.</summary>
internal static class CardScene
{
    private const string Number = "700000002";
    private const string Person = "I50412087K";

    private static readonly (string Path, string Body)[] Steps =
    [
        ("", """{"cardType":"classic"}"""),
        ("/settings", """{"limit":{"amount":"200000.00","currency":"ALL"},"statementPeriod":"end_of_month","automaticPaymentShare":25,"internetPurchasesShare":50}"""),
        ("/personal-data", """{"email":"arta@example.com","branch":"1101","residenceStatus":"owner","maritalStatus":"married","familyMembers":3}"""),
        ("/work", """{"education":"master","title":"none","sector":"education","profession":"teacher","monthsInJob":24,"country":"AL","city":"tirana","address":"Rruga e Elbasanit 1"}"""),
    ];

    public static async Task<(HttpClient Customer, string Application)> AskAsync(HttpBank bank)
    {
        using var teller = await bank.StaffAsync();
        await SendAsync(teller, HttpMethod.Put, $"backoffice/v1/customers/{Number}", $$"""
            {"name":"Arta Hoxha","language":"en","email":"arta@example.com","phone":"+355690000002","pushToken":"phone-of-arta","personalNumber":"{{Person}}"}
            """);
        await SendAsync(teller, HttpMethod.Post, "backoffice/v1/accounts", $$"""{"customer":"{{Number}}","currency":"ALL","name":"Main","isMain":true}""");
        using var known = await bank.Sandbox.PutAsync($"credit-registries/credit-registry/people/{Person}", HttpBank.Json("""
            {"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2024-01-15","obligations":[{"lender":"Sandbox Leasing","kind":"leasing",
            "outstanding":{"amount":"900000.00","currency":"ALL"},"monthlyInstalment":{"amount":"30000.00","currency":"ALL"},"daysPastDue":10}]}
            """));
        known.EnsureSuccessStatusCode();
        var customer = await bank.CustomerAsync(Number);
        var id = Guid.NewGuid().ToString();
        foreach (var (path, body) in Steps)
            await SendAsync(customer, HttpMethod.Put, $"v1/card-applications/{id}{path}", body);
        await SendAsync(customer, HttpMethod.Post, $"v1/card-applications/{id}/submission", """{"acceptedTerms":"2026-01","allowsCreditRegistry":true}""");
        await bank.WhenIdleAsync();
        return (customer, id);
    }

    public static async Task<string> StatusAsync(HttpClient customer, string application) =>
        (string)(await SendAsync(customer, HttpMethod.Get, $"v1/applications/{application}"))["status"]!;

    private static Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string? json = null) => TreasuryScene.SendAsync(client, method, path, json);
}

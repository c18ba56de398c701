using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;

namespace Serverless.Functions.Tests.PeriodicTransfers;

/// <summary>Standing transfers in a user's words.</summary>
internal static class StandingOrders
{
    public static JsonObject Own(Friend friend, Guid to, string more, string amount = "100.00") => Body(friend.Account, amount, $""" "toAccountId":"{to}",{more} """);

    public static JsonObject Inside(Friend friend, string iban, string more, string amount = "100.00") =>
        Body(friend.Account, amount, $$""" "beneficiary":{"account":"{{iban}}"},"details":"Qira",{{more}} """);

    public static Task<Answer> QuotePeriodicAsync(this Friend friend, JsonObject body) => friend.PostAsync("transfers/periodic/quotes", body);

    public static Task<Answer> ConfirmPeriodicAsync(this Friend friend, Answer quote, bool accept = true, string? key = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return friend.PostAsync("transfers/periodic", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptTerms"] = accept }, key);
    }

    /// <returns>The standing transfer's id.</returns>
    public static async Task<string> OrderAsync(this Friend friend, JsonObject body)
    {
        var created = await friend.ConfirmPeriodicAsync(await friend.QuotePeriodicAsync(body));
        Assert.True(created.Status == 201, created.ToString());
        return (string)created.Json["id"]!;
    }

    /// <summary><c>active, next 2027-03-31, remaining 2, last executed 2027-02-28</c>.</summary>
    public static async Task<string> SeePeriodicAsync(this Friend friend, string id) => See((await friend.GetAsync($"transfers/periodic/{id}")).Json);

    public static string See(JsonNode it) =>
        $"{it["state"]}, next {it["nextDate"] ?? "none"}, remaining {it["remainingCount"] ?? "-"}, last {(it["lastResult"] is { } last ? $"{last["outcome"]} {last["dueDate"]}{(last["reason"] is { } reason ? $" {reason}" : "")}" : "none")}";

    private static JsonObject Body(Guid from, string amount, string more) =>
        JsonNode.Parse($$"""{"fromAccountId":"{{from}}","amount":{"amount":"{{amount}}","currency":"ALL"},{{more}}}""")!.AsObject();
}

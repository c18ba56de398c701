using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Tests.Fx;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Tests.Desk;

/// <summary>The back office's desk over HTTP, with the treasury's queue (FX-23).</summary>
[Collection(FxBank.Name)]
public sealed class DeskTests(FxBank scene)
{
    [Fact, Requirement("FX-23"), Requirement("FX-11"), ProvesRace("Desk_DecideCase")]
    public async Task A_dealer_sees_the_queue_opens_a_case_and_decides_it_once()
    {
        await scene.OpenAsync();
        var (customer, id) = await AskedAsync(scene);
        var (dealer, officer) = (await scene.DealerAsync(), await scene.Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "compliance" }));

        // Each sees the queues of their roles; a queue of others is closed to them, and so are its cases.
        var queues = await CallAsync("GET", "queues", dealer);
        Assert.Equal("dealer-1 treasury", $"{queues.Json["staff"]} {string.Join(' ', queues.Json["queues"]!.AsArray().Select(queue => (string)queue!["name"]!))}");
        Assert.True((int)queues.Json["queues"]![0]!["waiting"]! >= 1);
        Assert.DoesNotContain("treasury", (await CallAsync("GET", "queues", officer)).Text, StringComparison.Ordinal);
        Assert.Equal("403 role_missing", (await CallAsync("GET", $"queues/treasury/cases/{id}", officer)).ToString());
        Assert.Equal("403 role_missing", (await CallAsync("GET", "queues/treasury/cases", officer)).ToString());
        Assert.Equal("404 desk_queue_not_found", (await CallAsync("GET", "queues/kitchen/cases", dealer)).ToString());
        Assert.Equal("404 desk_case_not_found", (await CallAsync("GET", $"queues/treasury/cases/{Guid.NewGuid()}", dealer)).ToString());
        Assert.Equal("404 desk_document_not_found", (await CallAsync("GET", $"queues/treasury/cases/{id}/documents/contract", dealer)).ToString());

        // Page by page, the oldest first.
        List<JsonNode> listed = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await CallAsync("GET", $"queues/treasury/cases?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}", dealer)).Json;
            listed.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(listed.Select(item => (string)item["openedAt"]!).Order(StringComparer.Ordinal), listed.Select(item => (string)item["openedAt"]!));
        var mine = Assert.Single(listed, item => (string)item["id"]! == id.ToString());
        Assert.Equal("preferential_rate 20000.00 EUR ← ALL submitted desk", $"{mine["kind"]} {mine["title"]} {mine["state"]} {mine["waitsFor"]}");
        Assert.Equal(new DateTimeOffset(scene.Now.UtcDateTime.Date.AddHours(23), TimeSpan.Zero), (DateTimeOffset)mine["deadline"]!);

        var file = (await CallAsync("GET", $"queues/treasury/cases/{id}", dealer)).Json;
        Assert.Equal(
            $"customer_number={customer.Number} segment=individual operation=buy amount=20000.00 EUR other_currency=ALL euro_equivalent=20000.00 EUR rate_when_asked=98.90 current_rate=98.90 details=Shtepi",
            string.Join(' ', file["facts"]!.AsArray().Select(fact => $"{fact!["label"]}={fact["value"]}")));
        Assert.Equal("submitted by customer", string.Join(' ', file["timeline"]!.AsArray().Select(step => $"{step!["what"]} by {step["by"]}")));
        Assert.Equal("confirm_rate(rate,validUntil) reject()", string.Join(' ', file["decisions"]!.AsArray().Select(choice =>
            $"{choice!["code"]}({string.Join(',', choice["fields"]!.AsArray().Select(field => (string)field!["name"]!))})")));

        Assert.Equal("400 invalid_input\n/fields/rate desk_field_wrong", (await DecideAsync(id, """{"decision":"confirm_rate"}""", dealer)).ToString());
        Assert.Equal(
            "400 invalid_input\n/fields/colour desk_field_wrong\n/fields/rate desk_field_wrong\n/reason desk_field_wrong",
            (await DecideAsync(id, """{"decision":"confirm_rate","fields":[{"name":"rate","value":"much"},{"name":"colour","value":"red"}],"reason":"Because"}""", dealer)).ToString());
        Assert.Equal("400 invalid_input\n/reason desk_field_wrong", (await DecideAsync(id, """{"decision":"reject"}""", dealer)).ToString());
        Assert.Equal("409 desk_decision_unknown", (await DecideAsync(id, """{"decision":"approve"}""", dealer)).ToString());
        Assert.Equal("422 rate_out_of_band", (await DecideAsync(id, """{"decision":"confirm_rate","fields":[{"name":"rate","value":"9.84"}]}""", dealer)).ToString());
        Assert.Equal(
            "400 invalid_input\n/fields/validUntil valid_until_wrong",
            (await DecideAsync(id, """{"decision":"confirm_rate","fields":[{"name":"rate","value":"98.40"},{"name":"validUntil","value":"2031-01-01T00:00:00Z"}]}""", dealer)).ToString());
        Assert.Equal("403 role_missing", (await DecideAsync(id, """{"decision":"confirm_rate","fields":[{"name":"rate","value":"98.40"}]}""", officer)).ToString());

        using var client = scene.Bank.Client(dealer);
        var decided = await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, $"api/backoffice/v1/desk/queues/treasury/cases/{id}/decisions", """{"decision":"confirm_rate","fields":[{"name":"rate","value":"98.40"}]}"""),
            async () => (await scene.PushesAsync(customer)).Count(push => push.Contains("98.40", StringComparison.Ordinal)));
        Assert.Equal(
            "confirmed customer 0 submitted by customer, confirmed by dealer-1",
            $"{decided.Json["case"]!["state"]} {decided.Json["case"]!["waitsFor"]} {decided.Json["decisions"]!.AsArray().Count} {string.Join(", ", decided.Json["timeline"]!.AsArray().Select(step => $"{step!["what"]} by {step["by"]}"))}");
        Assert.Equal("409 rate_request_decided", (await DecideAsync(id, """{"decision":"reject","reason":"Volumi"}""", await scene.DealerAsync("dealer-2"))).ToString());
        var trail = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?resource=rate-request/{id:D}", token: await scene.Bank.TokenAsync(new() { ["staff"] = "auditor", ["roles"] = "auditor" }));
        Assert.Equal(["dealer-1 rate_request_confirmed"], trail.Json["items"]!.AsArray().Select(one => $"{one!["actor"]} {one["action"]}"));

        // Closed, it leaves the queue, can still be opened, and its workflow has been woken to its end.
        Assert.Equal(200, (await customer.CallAsync("POST", $"v1/fx/rate-requests/{id}/cancellation")).Status);
        Assert.DoesNotContain(id.ToString(), (await CallAsync("GET", "queues/treasury/cases?limit=100", dealer)).Text, StringComparison.Ordinal);
        Assert.Equal("cancelled", (string)(await CallAsync("GET", $"queues/treasury/cases/{id}", dealer)).Json["case"]!["state"]!);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await scene.Bank.Host.WaitForOrchestrationAsync(StartRateRequest.InstanceId(id))).RuntimeStatus);
    }

    /// <summary>20,000 EUR are to be bought at a preferential rate.</summary>
    internal static async Task<(Sender Customer, Guid Id)> AskedAsync(FxBank scene)
    {
        var customer = await scene.CustomerAsync("Arta Hoxha");
        var quote = await FxBank.QuoteAsync(customer, "buy", await customer.OpenAccountAsync("3000000.00"), await customer.OpenAccountAsync("0.00", "EUR"), "20000.00", "EUR", "Shtepi");
        var id = Guid.NewGuid();
        var asked = await customer.CallAsync("PUT", $"v1/fx/rate-requests/{id}", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString());
        Assert.True(asked.Status == 201, asked.ToString());
        return (customer, id);
    }

    private Task<Answer> CallAsync(string method, string path, string token) => scene.Bank.CallAsync(method, $"backoffice/v1/desk/{path}", token: token);

    private Task<Answer> DecideAsync(Guid id, string json, string token) => scene.Bank.CallAsync(
        "POST", $"backoffice/v1/desk/queues/treasury/cases/{id}/decisions", json, token, request => request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N")));
}

namespace Serverless.Sandbox.Tests;

public sealed class CardOrderTests
{
    private const string Address = "/processors/cards";
    private const string Order =
        """{"orderId":"o-1","product":"visa-gold","customer":"100000001","nameOnCard":"ARTA HOXHA","branch":"tirana-1","currency":"ALL","limit":{"amount":"100000.00","currency":"ALL"},"internetPurchasesShare":50,"statementPeriod":"end_of_month","automaticPaymentShare":25}""";

    [Fact]
    public async Task A_card_is_ordered_once_and_each_step_of_its_life_is_told_once_signed()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));

        Assert.Equal((201, "ordered"), (await sandbox.PostAsync($"{Address}/card-orders", Order) is var taken ? taken.Status : 0, (string?)taken.Json["status"]));
        Assert.Equal(200, (await sandbox.PostAsync($"{Address}/card-orders", Order)).Status);
        Assert.Equal(
            "order_id_reused", (string?)(await sandbox.PostAsync($"{Address}/card-orders", Order.Replace("tirana-1", "durres-1", StringComparison.Ordinal))).Json["code"]);
        Assert.Equal("409 not_possible", await StepAsync(sandbox, "ready"));
        foreach (var step in (string[])["produce", "ready", "collect"])
            Assert.StartsWith("200", await StepAsync(sandbox, step), StringComparison.Ordinal);
        Assert.Equal("409 not_possible", await StepAsync(sandbox, "collect"));

        var told = await bank.WaitForAsync(3);
        Assert.Equal(
            ["card_order.collected", "card_order.produced", "card_order.ready"], told.Select(webhook => (string)webhook.Json["type"]!).Order(StringComparer.Ordinal));
        Assert.All(told, webhook => Assert.Equal("POST /api/webhooks/cards", webhook.Call));
        Assert.All(told, webhook => Assert.True(webhook.IsSignedWith("whsec_c2FuZGJveCBvbmx5LCBjYXJkIHByb2Nlc3Nvci4uLi4=")));
        Assert.All(told, webhook => Assert.Equal("o-1 516732******0001 card-o-1 tirana-1", Said(webhook.Json["data"]!)));
        var order = (await sandbox.GetAsync($"{Address}/card-orders/o-1")).Json;
        Assert.Equal(("collected", "card-o-1"), ((string?)order["status"], (string?)order["cardToken"]));
        var cards = (await sandbox.PostAsync($"{Address}/searches", """{"customerNumber":"100000001"}""")).Json["cards"]!.AsArray();
        Assert.Equal("blocked", (string?)cards.Single(card => (string?)card!["cardId"] == "card-o-1")!["status"]);
    }

    [Fact]
    public async Task An_order_can_be_cancelled_until_the_card_is_produced()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync($"{Address}/card-orders", Order);

        Assert.Equal("cancelled", (string?)(await sandbox.PostAsync($"{Address}/card-orders/o-1/cancellation")).Json["status"]);
        Assert.Equal(200, (await sandbox.PostAsync($"{Address}/card-orders/o-1/cancellation")).Status);
        Assert.Equal("409 not_possible", await StepAsync(sandbox, "produce"));
        await sandbox.PostAsync($"{Address}/card-orders", Order.Replace("o-1", "o-2", StringComparison.Ordinal));
        await StepAsync(sandbox, "produce", "o-2");
        Assert.Equal("already_produced", (string?)(await sandbox.PostAsync($"{Address}/card-orders/o-2/cancellation")).Json["code"]);
        Assert.Equal(404, (await sandbox.GetAsync($"{Address}/card-orders/o-3")).Status);
    }

    [Fact]
    public async Task By_a_knob_it_is_made_by_itself_and_nonsense_is_named()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));
        await sandbox.PutAsync("/knobs/cards", """{"pendingRate":1,"settleAfterMs":60000,"duplicateAnswers":true}""");
        await sandbox.PostAsync($"{Address}/card-orders", Order);

        await sandbox.PostAsync("/clock", """{"advance":"00:01:00"}""");

        await bank.WaitForAsync(4);
        Assert.Equal("ready", (string?)(await sandbox.GetAsync($"{Address}/card-orders/o-1")).Json["status"]);
        Assert.Equal(
            ["/automaticPaymentShare", "/branch", "/customer", "/internetPurchasesShare", "/limit", "/nameOnCard", "/orderId", "/product", "/statementPeriod"],
            (await sandbox.PostAsync($"{Address}/card-orders", """{"automaticPaymentShare":50}""")).Json["errors"]!.AsArray()
                .Select(fault => (string)fault!["pointer"]!).Order(StringComparer.Ordinal));
    }

    private static string Said(System.Text.Json.Nodes.JsonNode data) => $"{data["orderId"]} {data["maskedCard"]} {data["cardToken"]} {data["branch"]}";

    private static async Task<string> StepAsync(SandboxHost sandbox, string step, string order = "o-1")
    {
        var answer = await sandbox.PostAsync($"{Address}/card-orders/{order}/steps", $$"""{"step":"{{step}}"}""");
        return $"{answer.Status} {answer.Json["code"]}";
    }
}

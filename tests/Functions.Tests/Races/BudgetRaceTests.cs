using System.Text.Json.Nodes;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Budget;
using Serverless.Functions.Tests.History;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>Budgets and planned expenses raced with themselves.</summary>
public sealed class BudgetRaceTests(BudgetBank scene) : IClassFixture<BudgetBank>
{
    private const string Settings = "api/v1/budget/settings", Expenses = "api/v1/budget/expenses";

    [Fact, ProvesRace("Budget_Save"), ProvesRace("Budget_Close"), ProvesRace("Budget_Reactivate"), Requirement("HIST-07"), Requirement("HIST-19")]
    public async Task A_budget_has_one_of_the_settings_is_closed_once_and_taken_up_once()
    {
        var (client, account) = await CustomerAsync();

        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(1, 8).Select(i => new RaceCall(client, HttpMethod.Put, Settings, BudgetWords.Settings($"{i}00.00", "ALL", account)))],
            async () =>
            {
                // Reading says the same but for the message of having saved.
                var it = await ReadAsync(client, Settings);
                it["message"] = "Your budget settings were saved.";
                return it.ToJsonString();
            },
            "409 budget_busy");
        await RaceHarness.SameCallAsync(RaceCall.Post(client, "api/v1/budget/closure"), () => IsActiveAsync(client, false), doneAlready: "409 budget_not_active");
        await RaceHarness.SameCallAsync(RaceCall.Post(client, "api/v1/budget/reactivation"), () => IsActiveAsync(client, true));
    }

    [Fact, ProvesRace("Budget_AddExpense"), Requirement("HIST-09")]
    public async Task One_key_adds_one_expense()
    {
        var ((first, account), (second, other)) = (await CustomerAsync(), await CustomerAsync());
        await ActivateAsync(first, account);
        await ActivateAsync(second, other);
        var body = BudgetWords.Expense("food", "10.00", "2027-03-20");

        await RaceHarness.SameKeyAsync(RaceCall.Post(first, Expenses, body), () => CountAsync(first), 16);
        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(second, Expenses, body), BudgetWords.Expense("food", "11.00", "2027-03-20"), () => CountAsync(second));
    }

    [Fact, ProvesRace("Budget_ChangeExpense"), ProvesRace("Budget_RemoveExpense"), Requirement("HIST-15")]
    public async Task An_expense_has_one_of_the_amounts_and_is_removed_once()
    {
        var (client, account) = await CustomerAsync();
        await ActivateAsync(client, account);
        var one = $"{Expenses}/{(string)(await RaceBank.PostAsync(client, Expenses, BudgetWords.Expense("food", "10.00", "2027-03-20")))["id"]!}";

        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(1, 8).Select(i => new RaceCall(client, HttpMethod.Patch, one, $$$"""{"amount":{"amount":"{{{i}}}.00","currency":"ALL"}}"""))],
            () => client.GetStringAsync(one), "409 budget_busy");
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, one), async () => 1 - await CountAsync(client), doneAlready: "404 expense_not_found");
    }

    [Fact, ProvesRace("Budget_RecategoriseOperation"), Requirement("HIST-14")]
    public async Task A_merchant_has_one_of_the_categories()
    {
        var (client, account) = await CustomerAsync();
        await ActivateAsync(client, account);
        await scene.BookAsync(account, "card_purchase", "-10.00", "Kafe", new Party("Kafe Çela", null));
        var operation = (string)(await ReadAsync(client, "api/v1/operations"))["items"]![0]!["id"]!;

        await RaceHarness.LastOneStaysAsync(
            [.. new[] { "food", "leisure", "travel", "health" }.Select(category =>
                new RaceCall(client, HttpMethod.Put, $"api/v1/budget/operations/{operation}/category", $$"""{"category":"{{category}}"}"""))],
            async () =>
            {
                var category = (await ReadAsync(client, "api/v1/budget/operations"))["items"]![0]!["category"]!;
                return new JsonObject { ["operationId"] = operation, ["category"] = category.DeepClone(), ["isRemembered"] = true }.ToJsonString();
            });
    }

    private async Task<(HttpClient Client, Guid Account)> CustomerAsync()
    {
        var customer = await scene.CustomerAsync();
        return (await scene.Bank.CustomerAsync(customer.Number), await customer.OpenAccountAsync("100.00"));
    }

    private static async Task ActivateAsync(HttpClient client, Guid account)
    {
        using var body = HttpBank.Json(BudgetWords.Settings("100.00", "ALL", account));
        (await client.PutAsync(Settings, body)).EnsureSuccessStatusCode();
    }

    private static async Task<int> IsActiveAsync(HttpClient client, bool isActive)
    {
        using var answer = await client.GetAsync(Settings);
        return answer.IsSuccessStatusCode == isActive ? 1 : 0;
    }

    private static async Task<int> CountAsync(HttpClient client) => (await ReadAsync(client, Expenses))["items"]!.AsArray().Count;

    private static async Task<JsonNode> ReadAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!;
}

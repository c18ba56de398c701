using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;
using Serverless.Functions.Tests.History;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Budget;

/// <summary>What budgets do by the clock; each test begins a day of its own at 10:00 UTC, 11:00 in Tirana.</summary>
public sealed class BudgetReviewTests(BudgetBank scene) : IClassFixture<BudgetBank>
{
    [Fact, Requirement("HIST-16")]
    public async Task Pushes_come_once_at_four_fifths_once_at_the_whole_budget_and_on_the_morning_of_each_planned_expense()
    {
        var day = await BeginDayAsync();
        var arta = await scene.ReachableAsync();
        var account = await arta.OpenAccountAsync("5000.00");
        await arta.BudgetOfAsync("1000.00", account);
        await arta.PlanAsync("housing", "100.00", Text(day.PlusDays(1)), description: "Qira");
        await arta.PlanAsync("food", "1.00", Text(day));
        await scene.BookAsync(account, "card_purchase", "-780.00", "Market");
        await PassAsync(day, "11:30");
        Assert.Empty(await scene.PushesAsync(arta.Number));

        // The hour's review is the timer's; firing it again must tell nothing twice.
        await scene.BookAsync(account, "card_purchase", "-20.00", "Bukë");
        await PassAsync(day, "12:30");
        await scene.FireAsync("Budget_ReviewDue");
        await scene.FireAsync("Budget_ReviewDue");
        Assert.Equal(["80 % of your budget is spent: You have spent 801.00 ALL of this month's 1000.00 ALL."], await scene.PushesAsync(arta.Number));

        // 06:59 in Tirana, then 08:05.
        await PassAsync(day.PlusDays(1), "05:59");
        Assert.Single(await scene.PushesAsync(arta.Number));
        await PassAsync(day.PlusDays(1), "07:05");
        await scene.FireAsync("Budget_ReviewDue");
        Assert.Equal($"A planned expense today: Qira: 100.00 ALL is planned for {day.PlusDays(1):dd.MM.uuuu}.", (await scene.PushesAsync(arta.Number))[^1]);

        await scene.BookAsync(account, "card_purchase", "-500.00", "Televizor");
        await PassAsync(day.PlusDays(1), "09:05");
        var pushes = await scene.PushesAsync(arta.Number);
        Assert.Equal("Your budget is spent: You have spent 1401.00 ALL of this month's 1000.00 ALL.", pushes[^1]);
        Assert.Equal(3, pushes.Length);
        await (await scene.SignInAsync(arta.Number)).BudgetOfAsync("1100.00", account);
        await PassAsync(day.PlusDays(1), "10:05");
        Assert.Equal(3, (await scene.PushesAsync(arta.Number)).Length);
    }

    [Fact, Requirement("HIST-18"), Requirement("HIST-16")]
    public async Task A_real_operation_like_a_planned_expense_marks_it_done_and_is_counted_once()
    {
        var day = await BeginDayAsync();
        var arta = await scene.ReachableAsync();
        var account = await arta.OpenAccountAsync("5000.00");
        await arta.BudgetOfAsync("1000.00", account);
        await arta.PlanAsync("food", "100.00", Text(day.PlusDays(2)));
        await arta.PlanAsync("food", "300.00", Text(day.PlusDays(-1)));
        await arta.PlanAsync("cash", "50.00", Text(day.PlusDays(1)), "recurring_monthly");
        Assert.Equal(
            [$"{Text(day.PlusDays(-1))} counted food 300.00", $"{Text(day.PlusDays(1))} upcoming cash 50.00", $"{Text(day.PlusDays(2))} upcoming food 100.00"],
            await arta.PlansAsync());

        await scene.BookAsync(account, "card_purchase", "-110.00", "Market", reference: "mcc5411/1");
        await scene.BookAsync(account, "card_purchase", "-329.00", "Furra", reference: "mcc5411/2");
        await scene.BookAsync(account, "card_purchase", "-331.00", "Jo", reference: "mcc5411/3");
        await scene.BookAsync(account, "card_withdrawal", "-44.99", "Bankomat");
        Assert.Equal(
            [$"{Text(day.PlusDays(-1))} done food 300.00", $"{Text(day.PlusDays(1))} upcoming cash 50.00", $"{Text(day.PlusDays(2))} done food 100.00"],
            await arta.PlansAsync());
        Assert.Equal("spent 814.99 of 1000.00 (81 %), remaining 185.01, planned 50.00: food 770.00, cash 44.99 + 50.00", await arta.OverviewAsync());

        // The timer keeps what was found: another operation that would fit better later changes nothing, and no reminder comes for what is done.
        await PassAsync(day, "11:05");
        await scene.FireAsync("Budget_ReviewDue");
        await scene.BookAsync(account, "card_purchase", "-100.00", "Më mirë", reference: "mcc5411/4");
        await PassAsync(day.PlusDays(1), "09:05");
        await PassAsync(day.PlusDays(2), "09:05");
        arta = await scene.SignInAsync(arta.Number);
        var done = (await arta.GetAsync("v1/budget")).Json["plannedExpenses"]![2]!;
        Assert.Equal("done", (string)done["state"]!);
        Assert.Equal(await arta.OperationIdAsync("Market"), (string)done["operationId"]!);
        Assert.Equal("spent 964.99 of 1000.00 (96 %), remaining 35.01, planned 0.00: food 870.00, cash 94.99", await arta.OverviewAsync());
        Assert.Equal(
            ["80 % of your budget is spent", "A planned expense today"], (await scene.PushesAsync(arta.Number)).Select(push => push.Split(':')[0]));
    }

    [Fact, Requirement("HIST-19")]
    public async Task A_closed_budget_is_kept_twelve_months_and_then_erased()
    {
        var years = new BudgetBank();
        await years.InitializeAsync();
        await using var _ = years;
        var arta = await years.CustomerAsync();
        var account = await arta.OpenAccountAsync("5000.00");
        await arta.BudgetOfAsync("1000.00", account);
        await arta.PlanAsync("food", "100.00", "2027-03-20");
        Assert.Equal(200, (await arta.PostAsync("v1/budget/closure", "{}")).Status);
        await years.FireAsync("Budget_ReviewDue");
        Assert.Equal(4, (await RowsAsync(years, arta.Number)).Count);

        await years.SleepUntilAsync("2028-03-17T12:00:00Z");
        Assert.Equal("404 budget_not_kept", (await (await years.SignInAsync(arta.Number)).PostAsync("v1/budget/reactivation", "{}")).ToString());
        await years.FireAsync("Budget_ReviewDue");
        await years.FireAsync("Budget_ReviewDue");

        Assert.Empty(await RowsAsync(years, arta.Number));
        Assert.Equal("409 budget_not_active", (await (await years.SignInAsync(arta.Number)).GetAsync("v1/budget")).ToString());
    }

    /// <returns>The day, not before the 16th of March 2027.</returns>
    private async Task<LocalDate> BeginDayAsync()
    {
        var day = scene.Today().PlusDays(1);
        await PassAsync(day, "10:00");
        return day;
    }

    private Task PassAsync(LocalDate day, string time) => scene.PassTimeUntilAsync($"{Text(day)}T{time}:00Z");

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<string>> RowsAsync(BudgetBank scene, string customer)
    {
        var rows = new List<string>();
        await foreach (var row in scene.Get<BankTables>().Open("budgets").QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {customer}")))
            rows.Add(row.RowKey);
        return rows;
    }
}

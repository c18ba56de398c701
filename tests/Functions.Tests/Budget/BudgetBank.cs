using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator;
using Serverless.Functions.Tests.Bills;
using Serverless.Functions.Tests.History;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Budget;

/// <summary>A bank in the middle of March 2027, where of all timers only those of budgets run by themselves.</summary>
public class BudgetBank : BillsBank
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SetSandboxAsync();
    }

    protected override void Configure(FunctionsTestHostOptions options)
    {
        options.Clock = new MovableClock(new DateTimeOffset(2027, 3, 15, 10, 0, 0, TimeSpan.Zero));
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
        {
            if (!timer.StartsWith("Budget", StringComparison.Ordinal))
                options.Settings[timer] = "0 0 0 29 2 *";
        }
    }

    /// <summary>Lets the time pass, with everything that falls due in it; tokens of before have expired then.</summary>
    /// <param name="time">UTC.</param>
    public async Task PassTimeUntilAsync(string time)
    {
        await Bank.Host.MoveClockToAsync(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
        await Bank.WhenIdleAsync();
        await SetSandboxAsync();
    }

    /// <summary>Lets the time pass as if the bank had been switched off: what fell due is done once, at the end.</summary>
    /// <param name="time">UTC.</param>
    public async Task SleepUntilAsync(string time)
    {
        await Bank.Host.SleepUntilAsync(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
        await Bank.WhenIdleAsync();
        await SetSandboxAsync();
    }

    public async Task FireAsync(string timer)
    {
        await Bank.Host.FireTimerAsync(timer);
        await Bank.WhenIdleAsync();
    }

    /// <summary>Changes a setting of the running bank, as its staff does.</summary>
    public void Set(string name, string value)
    {
        var settings = (IConfigurationRoot)Bank.Host.Services.GetRequiredService<IConfiguration>();
        settings[name] = value;
        settings.Reload();
    }

    /// <summary>Title and text of the pushes, oldest first.</summary>
    public async Task<string[]> PushesAsync(string customer)
    {
        var messages = JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={customer}&channel=push"))!["messages"]!.AsArray();
        return [.. messages.Select(message => $"{message!["title"]}: {message["text"]}").Reverse()];
    }

    /// <summary>A customer whose telephone gets pushes, in English.</summary>
    public async Task<Payer> ReachableAsync()
    {
        var customer = await CustomerAsync();
        var teller = await Bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });
        var saved = await Bank.CallAsync("PUT", $"backoffice/v1/customers/{customer.Number}", $$"""
            {"name":"Test Test","language":"en","pushToken":"phone-{{customer.Number}}","email":"{{customer.Number}}@example.com","phone":"+35569{{customer.Number[^7..]}}"}
            """, teller);
        Assert.True(saved.Status is 200 or 204, saved.ToString());
        return customer;
    }

    private async Task SetSandboxAsync() => (await Bank.Sandbox.PostAsync(
        "clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""))).EnsureSuccessStatusCode();
}

/// <summary>Budgets in a user's words.</summary>
internal static class BudgetWords
{
    public static async Task<Answer> BudgetOfAsync(this Payer customer, string amount, params Guid[] accounts) =>
        await customer.CallAsync("PUT", "v1/budget/settings", Settings(amount, "ALL", accounts));

    public static string Settings(string amount, string currency, params Guid[] accounts) => new JsonObject
    {
        ["accountIds"] = new JsonArray([.. accounts.Select(account => (JsonNode)account)]),
        ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency },
    }.ToJsonString();

    public static string Expense(string category, string amount, string on, string type = "one_time", string? description = null, string currency = "ALL") => new JsonObject
    {
        ["category"] = category,
        ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency },
        ["type"] = type,
        ["plannedOn"] = on,
        ["description"] = description,
    }.ToJsonString();

    public static async Task<Guid> PlanAsync(this Payer customer, string category, string amount, string on, string type = "one_time", string? description = null)
    {
        var added = await customer.PostAsync("v1/budget/expenses", Expense(category, amount, on, type, description));
        Assert.True(added.Status == 201, added.ToString());
        return Guid.Parse((string)added.Json["id"]!);
    }

    /// <summary><c>spent 250.00 ALL of 1000.00 ALL (25 %), remaining 750.00 ALL, planned 0.00 ALL: food 250.00 ALL</c>; a category's plans follow a plus sign.</summary>
    public static async Task<string> OverviewAsync(this Payer customer)
    {
        var answer = await customer.GetAsync("v1/budget");
        Assert.True(answer.Status == 200, answer.ToString());
        var it = answer.Json;
        var categories = it["categories"]!.AsArray().Select(category =>
            $"{category!["category"]!["id"]} {category["spent"]!["amount"]}{((string)category["planned"]!["amount"]! is "0.00" ? "" : $" + {category["planned"]!["amount"]}")}");
        return $"spent {it["spent"]!["amount"]} of {it["amount"]!["amount"]} ({it["percentSpent"]} %), remaining {it["remaining"]!["amount"]}, planned {it["planned"]!["amount"]}: {string.Join(", ", categories)}";
    }

    /// <summary>The month's planned expenses, one line each: <c>2027-03-20 upcoming food 100.00</c>.</summary>
    public static async Task<string[]> PlansAsync(this Payer customer) =>
        [.. (await customer.GetAsync("v1/budget")).Json["plannedExpenses"]!.AsArray().Select(item =>
            $"{item!["on"]} {item["state"]} {item["expense"]!["category"]!["id"]} {item["expense"]!["amount"]!["amount"]}")];

    public static async Task<string[]> SpendingAsync(this Payer customer, string query = "") =>
        [.. (await customer.GetAsync($"v1/budget/operations{query}")).Json["items"]!.AsArray().Select(item =>
            $"{item!["category"]!["id"]} {item["value"]!["amount"]} {HistoryScene.Line(item["operation"])}")];

    public static async Task<string> OperationIdAsync(this Payer customer, string description) =>
        (string)(await customer.GetAsync("v1/operations")).Json["items"]!.AsArray().First(item => (string)item!["description"]! == description)!["id"]!;
}

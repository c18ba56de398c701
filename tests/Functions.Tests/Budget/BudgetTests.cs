using System.Globalization;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Bills;
using Serverless.Functions.Tests.History;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Budget;

public sealed class BudgetTests(BudgetBank scene) : IClassFixture<BudgetBank>
{
    private static readonly Party Cafe = new("Kafe Çela", null);

    [Fact, Requirement("HIST-07"), Requirement("HIST-19")]
    public async Task Before_activation_and_after_closing_there_is_no_budget()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("1000.00");
        var operation = await arta.OperationIdAsync("Derdhje");
        await AssertNoneAsync("");

        var saved = await arta.BudgetOfAsync("500.00", account);
        Assert.Equal($"200 Your budget settings were saved. 500.00 ALL {account}", $"{saved.Status} {saved.Json["message"]} {Payer.Amount(saved.Json["amount"]!)} {saved.Json["accountIds"]![0]}");
        Assert.Equal("500.00", (string)(await arta.GetAsync("v1/budget/settings")).Json["amount"]!["amount"]!);
        await arta.PlanAsync("housing", "100.00", "2027-03-20");

        var closed = await arta.PostAsync("v1/budget/closure", "{}");
        var last = scene.Today().PlusMonths(12).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal($"200 {last}T23:00:00Z", $"{closed.Status} {closed.Json["keptUntil"]}");
        await AssertNoneAsync(last);

        var again = await arta.PostAsync("v1/budget/reactivation", "{}");
        Assert.Equal("200 500.00", $"{again.Status} {again.Json["amount"]!["amount"]}");
        Assert.Equal(["2027-03-20 upcoming housing 100.00"], await arta.PlansAsync());
        Assert.Equal("404 budget_not_kept", (await (await scene.CustomerAsync()).PostAsync("v1/budget/reactivation", "{}")).ToString());

        async Task AssertNoneAsync(string keptUntil)
        {
            foreach (var (method, path, body) in new (string, string, string?)[]
            {
                ("GET", "v1/budget", null), ("GET", "v1/budget/settings", null), ("GET", "v1/budget/operations", null), ("GET", "v1/budget/expenses", null),
                ("GET", $"v1/budget/expenses/{Guid.NewGuid()}", null), ("DELETE", $"v1/budget/expenses/{Guid.NewGuid()}", null),
                ("PATCH", $"v1/budget/expenses/{Guid.NewGuid()}", """{"category":"food"}"""), ("POST", "v1/budget/closure", null),
                ("PUT", $"v1/budget/operations/{operation}/category", """{"category":"food"}"""),
            })
            {
                var answer = await arta.CallAsync(method, path, body);
                Assert.True(answer.ToString() == "409 budget_not_active", $"{method} {path}: {answer}");
                Assert.Equal(keptUntil, (string?)answer.Json["keptUntil"] ?? "");
            }

            Assert.Equal("409 budget_not_active", (await arta.PostAsync("v1/budget/expenses", BudgetWords.Expense("food", "1.00", "2027-03-20"))).ToString());
        }
    }

    [Fact, Requirement("HIST-07")]
    public async Task Settings_that_cannot_be_are_refused_each_with_its_own_error()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var (mine, hers) = (await arta.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00"));
        var expected = new Dictionary<string, string>
        {
            [BudgetWords.Settings("0.00", "ALL")] = "400 invalid_input\n/amount/amount amount_not_positive",
            [BudgetWords.Settings("10.00", "ALL")] = "400 invalid_input\n/accountIds no_account",
            [BudgetWords.Settings("-1.00", "ALL", mine)] = "400 invalid_input\n/amount/amount amount_not_positive",
            [BudgetWords.Settings("1.0", "ALL", mine)] = "400 invalid_input\n/amount/amount amount_decimals",
            [BudgetWords.Settings("9999999999999999.00", "ALL", mine)] = "400 invalid_input\n/amount/amount amount_too_large",
            [BudgetWords.Settings("1.00", "XXX", mine)] = "400 invalid_input\n/amount/currency currency_unknown",
            [BudgetWords.Settings("1.00", "ALL", Guid.NewGuid())] = "404 account_not_found",
            [BudgetWords.Settings("1.00", "ALL", mine, hers)] = "404 account_not_found",
            [BudgetWords.Settings("1.00", "AZN", mine)] = "422 currency_not_exchanged",
        };
        foreach (var (settings, error) in expected)
            Assert.Equal(error, (await arta.CallAsync("PUT", "v1/budget/settings", settings)).ToString());
        Assert.Equal("403 payment_right_missing", (await (await scene.SignInAsync(arta.Number, "info")).BudgetOfAsync("1.00", mine)).ToString());
        Assert.Equal("409 budget_not_active", (await arta.GetAsync("v1/budget")).ToString());
    }

    [Fact, Requirement("HIST-08"), Requirement("HIST-13"), Requirement("HIST-14")]
    public async Task The_overview_sums_spending_by_category_and_leaves_out_what_is_none()
    {
        var arta = await scene.CustomerAsync();
        var (current, other, euros) = (
            await arta.OpenAccountAsync("5000.00"), await arta.OpenAccountAsync("500.00", isMain: false), await arta.OpenAccountAsync("100.00", "EUR", isMain: false));
        var outside = await arta.OpenAccountAsync("1000.00", isMain: false);
        var iban = (string)(await arta.GetAsync($"v1/accounts/{outside}")).Json["iban"]!;
        var (code, number) = await scene.SubscriberAsync("1000.00");
        Assert.Equal(201, (await arta.PayAsync(await arta.QuotedAsync(await arta.RegisteredAsync(code), number), current)).Status);
        await scene.BookAsync(current, "card_purchase", "-250.00", "Market", new Party("Market", null), reference: "mcc5411/1", fee: "2.00");
        await scene.BookAsync(other, "card_withdrawal", "-100.00", "Bankomat");
        await scene.BookAsync(current, "inside_transfer", "-40.00", "Dhuratë", new Party("Besa", "AL35202111090000000001234567"));
        await scene.BookAsync(euros, "card_purchase", "-10.00", "Hotel", Cafe, "EUR", "mcc7011/9");
        await scene.BookAsync(outside, "card_purchase", "-77.00", "Jo në buxhet");
        await scene.BookAsync(current, "own_transfer", "-300.00", "Kursim");
        await scene.BookAsync(current, "term_deposit", "-300.00", "Depozitë");
        await scene.BookAsync(current, "card_repayment", "-300.00", "Kartë krediti");
        await scene.BookAsync(current, "inside_transfer", "-300.00", "Tek vetja", new Party("Arta", iban));
        await scene.BookAsync(current, "incoming_transfer", "5.00", "Të ardhura");
        var wrong = await scene.BookAsync(current, "card_purchase", "-60.00", "Gabim", reference: "mcc5411/2");
        await scene.Get<ReverseJournal>().RunAsync(wrong.Id, wrong.Decider!.Value, TransactionId.Derive("undo", wrong.Id.ToString()), "Kthim", CancellationToken.None);
        await scene.BookAsync(current, "card_refund", "50.00", "Një pjesë", new Party("Market", null), reference: "mcc5411/1");
        await arta.BudgetOfAsync("4000.00", current, other, euros);

        // EUR at the middle of 97.20 and 98.90: 98.05.
        Assert.Equal(
            "spent 2322.50 of 4000.00 (58 %), remaining 1677.50, planned 0.00: utilities 1000.00, travel 980.50, food 202.00, cash 100.00, other 40.00",
            await arta.OverviewAsync());
        Assert.Equal("OSHEE", (string)(await arta.GetAsync("v1/operations?search=oshee")).Json["items"]![0]!["counterparty"]!["name"]!);
        Assert.Equal(
            ["food -50.00 booked card_refund 50.00 ALL Një pjesë", "food 2.00 booked card_purchase -2.00 ALL Market", "food 250.00 booked card_purchase -250.00 ALL Market"],
            await arta.SpendingAsync("?category=food"));
        var first = await arta.GetAsync("v1/budget/operations?limit=2");
        var rest = await arta.GetAsync($"v1/budget/operations?limit=200&cursor={first.Json["nextCursor"]}");
        Assert.Equal((2, 5), (first.Json["items"]!.AsArray().Count, rest.Json["items"]!.AsArray().Count));
    }

    [Fact, Requirement("HIST-13")]
    public async Task Spending_in_another_currency_keeps_the_rate_of_its_day()
    {
        var arta = await scene.CustomerAsync();
        var dollars = await arta.OpenAccountAsync("100.00", "USD");
        await arta.BudgetOfAsync("4000.00", dollars);
        await scene.BookAsync(dollars, "card_purchase", "-10.00", "Sot", Cafe, "USD");
        var before = await arta.OverviewAsync();

        scene.Set("Fx:Rates:USD:Sell", "100.00");
        scene.Set("Fx:Rates:USD:Buy", "90.00");
        try
        {
            Assert.Equal(before, await arta.OverviewAsync());
            var tomorrow = scene.Bank.Host.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1);
            await scene.PassTimeUntilAsync($"{tomorrow:yyyy-MM-dd}T06:30:00Z");
            var later = await scene.SignInAsync(arta.Number);
            await scene.BookAsync(dollars, "card_purchase", "-10.00", "Nesër", Cafe, "USD");

            // The first day at the middle of 82.10 and 84.30, the second of 90 and 100.
            Assert.Equal("spent 832.00", before[..12]);
            Assert.Equal("spent 1782.00", (await later.OverviewAsync())[..13]);
        }
        finally
        {
            scene.Set("Fx:Rates:USD:Buy", "82.10");
            scene.Set("Fx:Rates:USD:Sell", "84.30");
        }
    }

    [Fact, Requirement("HIST-14"), Requirement("HIST-15")]
    public async Task A_changed_category_is_remembered_for_the_merchant_and_bank_operations_cannot_be_deleted()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var account = await arta.OpenAccountAsync("5000.00");
        await arta.BudgetOfAsync("1000.00", account);
        await scene.BookAsync(account, "card_purchase", "-10.00", "E para", Cafe, reference: "mcc5812/1");
        await scene.BookAsync(account, "card_purchase", "-20.00", "E dyta", new Party("KAFE CELA", null), reference: "mcc5812/2");
        await scene.BookAsync(account, "card_withdrawal", "-5.00", "Pa emër");
        await scene.BookAsync(account, "card_withdrawal", "-7.00", "Pa emër tjetër");
        Assert.Equal("spent 42.00 of 1000.00 (4 %), remaining 958.00, planned 0.00: food 30.00, cash 12.00", await arta.OverviewAsync());
        var (first, nameless, cash) = (await arta.OperationIdAsync("E para"), await arta.OperationIdAsync("Pa emër"), await arta.OperationIdAsync("Derdhje"));

        var changed = await arta.CallAsync("PUT", $"v1/budget/operations/{first}/category", """{"category":"leisure"}""");
        var alone = await arta.CallAsync("PUT", $"v1/budget/operations/{nameless}/category", """{"category":"transport"}""");
        await scene.BookAsync(account, "card_purchase", "-30.00", "E treta", Cafe, reference: "mcc5812/3");

        Assert.Equal("200 True leisure, 200 False transport", $"{changed.Status} {(bool)changed.Json["isRemembered"]!} {changed.Json["category"]!["id"]}, {alone.Status} {(bool)alone.Json["isRemembered"]!} {alone.Json["category"]!["id"]}");
        Assert.Equal("spent 72.00 of 1000.00 (7 %), remaining 928.00, planned 0.00: leisure 60.00, cash 7.00, transport 5.00", await arta.OverviewAsync());
        Assert.Equal("422 operation_not_spending", (await arta.CallAsync("PUT", $"v1/budget/operations/{cash}/category", """{"category":"leisure"}""")).ToString());
        Assert.Equal("400 invalid_input\n/category category_unknown", (await arta.CallAsync("PUT", $"v1/budget/operations/{first}/category", """{"category":"Leisure"}""")).ToString());
        Assert.Equal("405 method_not_allowed", (await arta.CallAsync("DELETE", $"v1/operations/{first}")).ToString());
        Assert.Equal("404 route_not_found", (await arta.CallAsync("DELETE", $"v1/budget/expenses/{first}")).ToString());
        await besa.BudgetOfAsync("1.00", await besa.OpenAccountAsync("0.00"));
        Assert.Equal("404 operation_not_found", (await besa.CallAsync("PUT", $"v1/budget/operations/{first}/category", """{"category":"leisure"}""")).ToString());
    }

    [Fact, Requirement("HIST-09"), Requirement("HIST-15"), Requirement("HIST-08")]
    public async Task Expenses_are_added_changed_and_removed_by_their_owner_alone()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        await arta.BudgetOfAsync("1000.00", await arta.OpenAccountAsync("0.00"));
        await besa.BudgetOfAsync("1000.00", await besa.OpenAccountAsync("0.00"));
        var today = scene.Today();

        var added = await arta.PostAsync("v1/budget/expenses", BudgetWords.Expense("housing", "300.00", Day(1), "recurring_monthly", "Qira për marsin"), "k1");
        Assert.Equal("201 housing 300.00 ALL recurring_monthly Qira për marsin", $"{added.Status} {added.Json["category"]!["id"]} {Payer.Amount(added.Json["amount"]!)} {added.Json["type"]!["id"]} {added.Json["description"]}");
        var id = (string)added.Json["id"]!;
        Assert.Equal($"/api/v1/budget/expenses/{id}", added.Headers.Location?.ToString());
        await arta.PlanAsync("food", "40.00", Day(-1));
        Assert.Equal("spent 40.00 of 1000.00 (4 %), remaining 960.00, planned 300.00: food 40.00, housing 0.00 + 300.00", await arta.OverviewAsync());

        Assert.Equal("404 expense_not_found", (await besa.GetAsync($"v1/budget/expenses/{id}")).ToString());
        Assert.Equal("404 expense_not_found", (await besa.CallAsync("PATCH", $"v1/budget/expenses/{id}", """{"category":"food"}""")).ToString());
        Assert.Equal("404 expense_not_found", (await besa.CallAsync("DELETE", $"v1/budget/expenses/{id}")).ToString());
        Assert.Empty((await besa.GetAsync("v1/budget/expenses")).Json["items"]!.AsArray());

        var changed = await arta.CallAsync("PATCH", $"v1/budget/expenses/{id}", """{"amount":{"amount":"350.00","currency":"ALL"},"description":null}""");
        Assert.Equal("200 350.00 housing ", $"{changed.Status} {changed.Json["amount"]!["amount"]} {changed.Json["category"]!["id"]} {changed.Json["description"]}");
        Assert.Equal(changed.Text, (await arta.GetAsync($"v1/budget/expenses/{id}")).Text);
        Assert.Equal(2, (await arta.GetAsync("v1/budget/expenses")).Json["items"]!.AsArray().Count);
        Assert.Equal(["350.00"], [.. (await arta.GetAsync($"v1/budget/expenses?limit=1&cursor={(await arta.GetAsync("v1/budget/expenses?limit=1")).Json["nextCursor"]}")).Json["items"]!.AsArray().Select(item => (string)item!["amount"]!["amount"]!)]);

        Assert.Equal(204, (await arta.CallAsync("DELETE", $"v1/budget/expenses/{id}")).Status);
        Assert.Equal("404 expense_not_found", (await arta.CallAsync("DELETE", $"v1/budget/expenses/{id}")).ToString());
        Assert.Equal("spent 40.00 of 1000.00 (4 %), remaining 960.00, planned 0.00: food 40.00", await arta.OverviewAsync());
        Assert.Equal(added.Text, (await arta.PostAsync("v1/budget/expenses", BudgetWords.Expense("housing", "300.00", Day(1), "recurring_monthly", "Qira për marsin"), "k1")).Text);
        Assert.Equal("422 idempotency_key_reused", (await arta.PostAsync("v1/budget/expenses", BudgetWords.Expense("food", "300.00", Day(1)), "k1")).ToString());
        Assert.Single((await arta.GetAsync("v1/budget/expenses")).Json["items"]!.AsArray());

        string Day(int days) => today.PlusDays(days).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
    }

    [Theory, Requirement("HIST-09"), Requirement("HIST-15")]
    [InlineData("""{"category":"Food","amount":{"amount":"0.00","currency":"ALL"},"type":"one_time","plannedOn":"2027-03-20"}""", "/amount/amount amount_not_positive")]
    [InlineData("""{"category":"Food","amount":{"amount":"1.00","currency":"EUR"},"type":"weekly"}""", "/category category_unknown\n/type type_unknown\n/amount/currency expense_currency_mismatch\n/plannedOn date_required")]
    [InlineData("""{"category":"food","amount":{"amount":"1.005","currency":"ALL"},"type":"one_time","plannedOn":"2027-03-20"}""", "/amount/amount amount_decimals")]
    [InlineData("""{"category":"food","amount":{"amount":"1.00","currency":"ALL"},"type":"one_time","plannedOn":"2027-02-28"}""", "/plannedOn date_in_past")]
    [InlineData("""{"category":"food","amount":{"amount":"1.00","currency":"ALL"},"type":"one_time","plannedOn":"2040-01-01"}""", "/plannedOn date_too_far")]
    [InlineData("""{"category":"food","amount":{"amount":"1.00","currency":"ALL"},"type":"one_time","plannedOn":"2027-02-30"}""", "/plannedOn malformed_date")]
    [InlineData("""{"category":"food","amount":{"amount":"1.00","currency":"ALL"},"type":"one_time","plannedOn":"2027-03-20","description":"Qira/maj"}""", "/description description_character_not_allowed")]
    [InlineData("""{"category":"food","type":"one_time","plannedOn":"2027-03-20"}""", "/amount required")]
    public async Task An_expense_that_cannot_be_is_refused_with_its_own_error(string body, string faults)
    {
        var arta = await scene.CustomerAsync();
        await arta.BudgetOfAsync("1000.00", await arta.OpenAccountAsync("0.00"));
        var id = await arta.PlanAsync("food", "5.00", "2027-03-20");

        Assert.Equal($"400 invalid_input\n{faults}", (await arta.PostAsync("v1/budget/expenses", body)).ToString());
        if (!faults.Contains("required", StringComparison.Ordinal))
            Assert.Equal($"400 invalid_input\n{faults}", (await arta.CallAsync("PATCH", $"v1/budget/expenses/{id}", body)).ToString());
    }

    [Fact, Requirement("HIST-10"), Requirement("HIST-14")]
    public async Task Categories_and_types_come_in_both_languages_and_a_retired_one_stays_on_old_expenses()
    {
        var arta = await scene.CustomerAsync();
        await arta.BudgetOfAsync("1000.00", await arta.OpenAccountAsync("0.00"));
        var id = await arta.PlanAsync("family", "5.00", "2027-03-20");

        Assert.Equal(
            "housing utilities food transport health education clothing leisure travel insurance taxes family savings cash other", await IdsAsync("categories"));
        Assert.Equal("one_time recurring_monthly", await IdsAsync("expense-types"));
        var albanian = await scene.Bank.CallAsync(
            "GET", "v1/budget/categories", token: await scene.Bank.TokenAsync(new() { ["customer"] = arta.Number, ["rights"] = "info" }),
            change: request => request.Headers.Add("Accept-Language", "sq"));
        Assert.Equal("Ushqim", (string)albanian.Json["items"]![2]!["name"]!);
        Assert.Equal("Food", (string)(await arta.GetAsync("v1/budget/categories")).Json["items"]![2]!["name"]!);

        scene.Set("Budget:Retired:0", "family");
        try
        {
            var shown = await arta.GetAsync($"v1/budget/expenses/{id}");
            Assert.Equal("Family True", $"{shown.Json["category"]!["name"]} {(bool)shown.Json["category"]!["isRetired"]!}");
            Assert.Equal("400 invalid_input\n/category category_unknown", (await arta.PostAsync("v1/budget/expenses", BudgetWords.Expense("family", "5.00", "2027-03-20"))).ToString());
            Assert.Equal(200, (await arta.CallAsync("PATCH", $"v1/budget/expenses/{id}", """{"amount":{"amount":"6.00","currency":"ALL"}}""")).Status);
        }
        finally
        {
            scene.Set("Budget:Retired:0", "none");
        }

        async Task<string> IdsAsync(string list) =>
            string.Join(' ', (await arta.GetAsync($"v1/budget/{list}")).Json["items"]!.AsArray().Where(item => !(bool)item!["isRetired"]!).Select(item => (string)item!["id"]!));
    }
}

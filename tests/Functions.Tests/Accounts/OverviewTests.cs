using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>My finances: what a customer sees of his accounts.</summary>
public sealed class OverviewTests(AccountBank scene) : IClassFixture<AccountBank>
{
    [Fact, Requirement("ACC-01")]
    public async Task Home_shows_the_accounts_of_the_card_and_all_of_them_to_a_customer_without_one()
    {
        var customer = await scene.NewCustomerAsync();
        var (first, second) = (await scene.OpenAsync(customer, "100.00"), await scene.OpenAsync(customer, "20.00 EUR"));

        var without = (await customer.GetAsync("v1/finances")).Json;
        scene.Stubs.Cards[customer.Number] = new LinkedCard("c1", "4111********1111", [new AccountId(Guid.Parse(second))]);
        var with = (await customer.GetAsync("v1/finances")).Json;

        Assert.Equal([first, second], without["accounts"]!.AsArray().Select(account => (string)account!["id"]!));
        Assert.Equal("""{"summary":"/api/v1/finances/summary","history":"/api/v1/operations","budget":"/api/v1/budget"}""", without["entries"]!.ToJsonString());
        Assert.Equal(
            $$$"""[{"id":"{{{second}}}","name":"Kryesore","logoId":"wallet","currency":"EUR","available":{"amount":"20.00","currency":"EUR"},"linkedCard":{"id":"c1","maskedNumber":"4111********1111","isPrimary":true}}]""",
            with["accounts"]!.ToJsonString());
        Assert.True((bool)(await customer.AccountAsync(second))["isCardPrimary"]!);
        Assert.Equal("401 token_missing", (await scene.Bank.CallAsync("GET", "v1/finances")).ToString());
    }

    [Fact, Requirement("ACC-02")]
    public async Task The_summary_has_its_sections_in_order_totals_per_currency_and_goes_on_without_a_source_that_fails()
    {
        var (rich, unlucky) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        foreach (var customer in (BankCustomer[])[rich, unlucky])
        {
            await scene.OpenAsync(customer, "100.00");
            await scene.OpenAsync(customer, "20.00 EUR");
        }

        scene.Stubs.WithoutDeposits[unlucky.Number] = true;
        var all = (await rich.GetAsync("v1/finances/summary")).Json;
        var rest = (await unlucky.GetAsync("v1/finances/summary")).Json;

        Assert.Equal(
            ["accounts available 2", "add_account available 2", "credit_cards not_offered 0", "deposits available 1", "add_deposit available 2", "pension_fund available 0", "loans not_offered 0", "wallet not_offered 0"],
            all["sections"]!.AsArray().Select(section => $"{(string)section!["name"]!} {(string)section["state"]!} {section["items"]!.AsArray().Count}"));
        Assert.Equal("""[{"amount":"50100.00","currency":"ALL"},{"amount":"20.00","currency":"EUR"}]""", all["totals"]!.ToJsonString());
        Assert.Equal("unavailable", (string)rest["sections"]![3]!["state"]!);
        Assert.Equal("""[{"amount":"100.00","currency":"ALL"},{"amount":"20.00","currency":"EUR"}]""", rest["totals"]!.ToJsonString());
        Assert.Equal(["Current account", "Savings account"], all["sections"]![1]!["items"]!.AsArray().Select(item => (string)item!["title"]!));
    }

    [Fact, Requirement("ACC-03"), Requirement("ACC-20")]
    public async Task The_list_tells_everything_about_each_account_and_one_balance_everywhere()
    {
        var customer = await scene.NewCustomerAsync();
        var id = await scene.OpenAsync(customer, "100.00");
        var account = new AccountId(Guid.Parse(id));
        var services = scene.Bank.Host.Services;
        await services.GetRequiredService<SetOverdraftLimit>().RunAsync(account, Money.OfMinor(50_00, Currency.All), CancellationToken.None);
        var until = Instant.FromDateTimeOffset(scene.Bank.Host.Clock.GetUtcNow()) + Duration.FromDays(2);
        var held = await services.GetRequiredService<PlaceHold>().RunAsync(new HoldId(Guid.NewGuid()), account, Money.OfMinor(30_00, Currency.All), until, "rezervim", CancellationToken.None);
        Assert.True(held.IsSuccess);

        var listed = (await customer.GetAsync("v1/accounts")).Json["items"]!.AsArray().Single()!;

        // available = booked - blocked + unused overdraft
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","type":"current","iban":"{{{(string)listed["iban"]!}}}","number":"{{{((string)listed["iban"]!)[^16..]}}}","name":"Kryesore","description":null,"logoId":"wallet","currency":"ALL","status":"active","isMain":false,"isCardPrimary":false,"balance":{"amount":"100.00","currency":"ALL"},"held":{"amount":"30.00","currency":"ALL"},"overdraftLimit":{"amount":"50.00","currency":"ALL"},"minimumBalance":{"amount":"0.00","currency":"ALL"},"available":{"amount":"120.00","currency":"ALL"},"highestDebit":{"amount":"120.00","currency":"ALL"},"menu":{"operations":"/api/v1/accounts/{{{id}}}/entries","details":"/api/v1/accounts/{{{id}}}/details","statement":"/api/v1/accounts/{{{id}}}/statement","settings":"/api/v1/accounts/{{{id}}}/settings"}}""",
            listed.ToJsonString());
        Assert.True(JsonNode.DeepEquals(listed, await customer.AccountAsync(id)));
        Assert.Equal("120.00", (string)(await customer.GetAsync("v1/finances")).Json["accounts"]![0]!["available"]!["amount"]!);
        Assert.Equal("400 invalid_input\navailable unknown_parameter", (await customer.GetAsync($"v1/accounts/{id}?available=999")).ToString());
    }

    [Fact, Requirement("ACC-04")]
    public async Task An_account_opens_with_its_operations_newest_first_and_its_menu()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        var id = await scene.OpenAsync(customer, "10.00");
        await scene.DepositAsync(id, "5.00");
        await scene.DepositAsync(id, "2.50");
        var menu = (await customer.AccountAsync(id))["menu"]!;

        var page = (await customer.GetAsync($"{((string)menu["operations"]!)[5..]}?limit=2")).Json;
        var rest = (await customer.GetAsync($"v1/accounts/{id}/entries?limit=2&cursor={(string)page["nextCursor"]!}")).Json;

        string[] Lines(JsonNode some) => [.. some["items"]!.AsArray().Select(entry =>
            $"{(string)entry!["description"]!} {(string)entry["direction"]!} {(string)entry["amount"]!["amount"]!} {(string)entry["amount"]!["currency"]!} {(string)entry["balance"]!["amount"]!} {(string)entry["bookedOn"]!}")];
        Assert.Equal(["Derdhje në arkë credit 2.50 ALL 17.50 2027-02-25", "Derdhje në arkë credit 5.00 ALL 15.00 2027-02-25"], Lines(page));
        Assert.Equal(["Derdhje në arkë credit 10.00 ALL 10.00 2027-02-25"], Lines(rest));
        Assert.Null(rest["nextCursor"]);
        Assert.NotNull((string?)page["items"]![0]!["transactionId"]);
        foreach (var part in (string[])["operations", "details", "statement", "settings"])
            Assert.StartsWith($"/api/v1/accounts/{id}/", (string)menu[part]!, StringComparison.Ordinal);
        Assert.Equal("404 account_not_found", (await stranger.GetAsync($"v1/accounts/{id}/entries")).ToString());
        Assert.Equal("404 account_not_found", (await stranger.GetAsync($"v1/accounts/{Guid.NewGuid()}")).ToString());
    }

    [Fact, Requirement("ACC-05")]
    public async Task Details_name_the_holder_the_opening_day_the_numbers_and_what_is_blocked()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(name: "Ëngjëll Çela"), await scene.NewCustomerAsync());
        var id = await scene.OpenAsync(customer, "100.00");
        var until = Instant.FromDateTimeOffset(scene.Bank.Host.Clock.GetUtcNow()) + Duration.FromDays(2);
        await scene.Bank.Host.Services.GetRequiredService<PlaceHold>().RunAsync(
            new HoldId(Guid.NewGuid()), new AccountId(Guid.Parse(id)), Money.OfMinor(30_00, Currency.All), until, "rezervim", CancellationToken.None);

        var details = await customer.GetAsync($"v1/accounts/{id}/details");
        var iban = (string)(await customer.AccountAsync(id))["iban"]!;

        Assert.Equal(
            $$$"""200 {"id":"{{{id}}}","holder":"Ëngjëll Çela","openedOn":"2027-02-25","iban":"{{{iban}}}","number":"{{{iban[^16..]}}}","type":"current","currency":"ALL","blocked":{"amount":"30.00","currency":"ALL"}}""",
            details.ToString());
        Assert.Equal("404 account_not_found", (await stranger.GetAsync($"v1/accounts/{id}/details")).ToString());
    }

    [Fact, Requirement("ACC-09"), Requirement("ACC-10")]
    public async Task A_chosen_logo_and_description_are_shown_wherever_the_account_appears()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        var id = await scene.OpenAsync(customer, "100.00");
        var logos = (await customer.GetAsync("v1/accounts/logos")).Json["items"]!.AsArray();
        var chosen = logos.Single(logo => (string)logo!["logoId"]! == "house")!;
        using var image = await scene.Bank.Anonymous.GetAsync(((string)chosen["image"]!)[1..]);

        var saved = await customer.SendAsync("PATCH", $"v1/accounts/{id}/settings", new() { ["logoId"] = "house", ["description"] = "Qira, shtëpia 2/3" });
        var listed = (await customer.GetAsync("v1/accounts")).Json["items"]![0]!;

        Assert.Equal(("House", "Shtëpi"), ((string)chosen["name"]!, (string)(await customer.GetAsync("v1/accounts/logos", "sq")).Json["items"]!.AsArray()
            .Single(logo => (string)logo!["logoId"]! == "house")!["name"]!));
        Assert.Equal("image/svg+xml", image.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("<svg", await image.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((200, "house", "Qira, shtëpia 2/3"), (saved.Status, (string)saved.Json["logoId"]!, (string)saved.Json["description"]!));
        Assert.True(JsonNode.DeepEquals(saved.Json, listed));
        Assert.Equal("100.00 ALL", await customer.AvailableAsync(id));

        var cleared = await customer.SendAsync("PATCH", $"v1/accounts/{id}/settings", new() { ["description"] = null });
        Assert.Equal(("house", null), ((string)cleared.Json["logoId"]!, (string?)cleared.Json["description"]));
        Assert.Equal(
            "400 invalid_input\n/logoId logo_unknown\n/description invalid_account_description",
            (await customer.SendAsync("PATCH", $"v1/accounts/{id}/settings", new() { ["logoId"] = "skull", ["description"] = "<b>" })).ToString());
        Assert.Equal(
            "404 account_not_found", (await stranger.SendAsync("PATCH", $"v1/accounts/{id}/settings", new() { ["logoId"] = "car" })).ToString());
    }

    [Fact, Requirement("ACC-11")]
    public async Task Products_come_with_their_currencies_and_minimums()
    {
        var products = (await (await scene.NewCustomerAsync()).GetAsync("v1/accounts/products")).Json["items"]!.AsArray();

        Assert.Equal(
            ["current: ALL 0.00, AUD 0.00, CAD 0.00, CHF 0.00, EUR 0.00, GBP 0.00, USD 0.00", "savings: ALL 1500.00, EUR 15.00, GBP 15.00, USD 15.00"],
            products.Select(product => $"{(string)product!["type"]!}: {string.Join(", ", product["currencies"]!.AsArray().Select(offered => $"{(string)offered!["currency"]!} {(string)offered["minimum"]!["amount"]!}"))}"));
    }
}

using System.Text.Json.Nodes;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>Accounts as branch staff opens them and customers see them.</summary>
public sealed class AccountsTests
{
    private const string Arta = "100000001";
    private const string Besnik = "100000002";

    [Fact]
    public async Task A_branch_opens_an_account_and_the_customer_sees_the_cash_that_was_paid_in()
    {
        await using var bank = await HttpBank.StartAsync();
        var (teller, arta) = (await TellerAsync(bank), await CustomerAsync(bank, Arta));

        var opened = await PostAsync(bank, "backoffice/v1/accounts", teller, "k1", Opening(Arta, "ALL", "Kryesore", isMain: true));
        Assert.Equal(201, opened.Status);
        var id = (string)opened.Json["id"]!;
        Assert.Equal($"/api/v1/accounts/{id}", opened.Headers.Location?.ToString());
        var deposit = await PostAsync(bank, $"backoffice/v1/accounts/{id}/cash-deposits", teller, "k2", Deposit("18.13"));
        Assert.Equal((201, "18.13"), (deposit.Status, (string)deposit.Json["balance"]!["amount"]!));

        var account = (await bank.CallAsync("GET", $"v1/accounts/{id}", token: arta)).Json;
        Assert.Equal("""{"amount":"18.13","currency":"ALL"}""", account["available"]!.ToJsonString());
        Assert.Equal(("Kryesore", "ALL", "active", true), ((string)account["name"]!, (string)account["currency"]!, (string)account["status"]!, (bool)account["isMain"]!));
        Assert.Matches("^AL[0-9]{26}$", (string)account["iban"]!);
        Assert.True(JsonNode.DeepEquals(account, (await bank.CallAsync("GET", "v1/accounts", token: arta)).Json["items"]!.AsArray().Single()));

        var entry = (await bank.CallAsync("GET", $"v1/accounts/{id}/entries", token: arta)).Json["items"]!.AsArray().Single()!;
        Assert.Equal(("1", "cash_deposit", "Derdhje", "18.13", "18.13"), (
            entry["number"]!.ToJsonString(), (string)entry["kind"]!, (string)entry["description"]!, (string)entry["amount"]!["amount"]!, (string)entry["balance"]!["amount"]!));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_and_another_body_under_it_is_422()
    {
        await using var bank = await HttpBank.StartAsync();
        var teller = await TellerAsync(bank);

        var opened = await PostAsync(bank, "backoffice/v1/accounts", teller, "k1", Opening(Arta, "ALL"));
        Assert.Equal(opened.Text, (await PostAsync(bank, "backoffice/v1/accounts", teller, "k1", Opening(Arta, "ALL"))).Text);
        Assert.Equal("422 idempotency_key_reused", (await PostAsync(bank, "backoffice/v1/accounts", teller, "k1", Opening(Arta, "EUR"))).ToString());

        var deposits = $"backoffice/v1/accounts/{(string)opened.Json["id"]!}/cash-deposits";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(bank, deposits, teller, "k2", Deposit("20.00"))));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal("422 idempotency_key_reused", (await PostAsync(bank, deposits, teller, "k2", Deposit("21.00"))).ToString());
        var account = await bank.CallAsync("GET", $"v1/accounts/{(string)opened.Json["id"]!}", token: await CustomerAsync(bank, Arta));
        Assert.Equal("20.00", (string)account.Json["balance"]!["amount"]!);
    }

    [Fact]
    public async Task Strangers_see_nothing_and_only_branch_staff_opens_and_pays_in()
    {
        await using var bank = await HttpBank.StartAsync();
        var (teller, arta, besnik) = (await TellerAsync(bank), await CustomerAsync(bank, Arta), await CustomerAsync(bank, Besnik));
        var bookkeeper = await bank.TokenAsync(new() { ["staff"] = "ledger-1", ["roles"] = "ledger" });
        var id = await OpenAsync(bank, teller, Arta);

        Assert.Equal("404 account_not_found", (await bank.CallAsync("GET", $"v1/accounts/{id}", token: besnik)).ToString());
        Assert.Equal("404 account_not_found", (await bank.CallAsync("GET", $"v1/accounts/{id}/entries", token: besnik)).ToString());
        Assert.Equal("""200 {"items":[]}""", (await bank.CallAsync("GET", "v1/accounts", token: besnik)).ToString());
        Assert.Equal("401 token_missing", (await bank.CallAsync("GET", $"v1/accounts/{id}")).ToString());
        Assert.Equal("403 staff_only", (await PostAsync(bank, "backoffice/v1/accounts", arta, "k", Opening(Arta, "ALL"))).ToString());
        Assert.Equal("403 role_missing", (await PostAsync(bank, $"backoffice/v1/accounts/{id}/cash-deposits", bookkeeper, "k", Deposit("1.00"))).ToString());
        Assert.Equal("403 role_missing", (await bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: teller)).ToString());
    }

    [Fact]
    public async Task Faults_of_the_input_come_back_all_at_once_and_refusals_one_at_a_time()
    {
        await using var bank = await HttpBank.StartAsync();
        var teller = await TellerAsync(bank);

        var opening = await PostAsync(bank, "backoffice/v1/accounts", teller, "k", Opening(Arta, "XXX", "<Llogari>"));
        Assert.Equal("400 invalid_input\n/currency currency_unknown\n/name invalid_account_name", opening.ToString());

        var main = await PostAsync(bank, "backoffice/v1/accounts", teller, "k1", Opening(Arta, "ALL", isMain: true));
        var second = await PostAsync(bank, "backoffice/v1/accounts", teller, "k2", Opening(Arta, "ALL", isMain: true));
        Assert.Equal(("409 main_account_exists", (string)main.Json["id"]!), (second.ToString(), (string)second.Json["main"]!));

        var deposits = $"backoffice/v1/accounts/{(string)main.Json["id"]!}/cash-deposits";
        Assert.Equal("400 invalid_input\n/amount/amount amount_not_positive", (await PostAsync(bank, deposits, teller, "k3", Deposit("-1.00"))).ToString());
        Assert.Equal("400 invalid_input\n/amount/amount amount_decimals", (await PostAsync(bank, deposits, teller, "k3", Deposit("1.0"))).ToString());
        Assert.Equal("422 account_currency_mismatch", (await PostAsync(bank, deposits, teller, "k3", Deposit("1.00", "EUR"))).ToString());
        Assert.Equal("404 account_not_found",
            (await PostAsync(bank, $"backoffice/v1/accounts/{Guid.NewGuid()}/cash-deposits", teller, "k3", Deposit("1.00"))).ToString());
    }

    [Fact]
    public async Task Entries_page_by_a_cursor_that_nobody_else_can_use()
    {
        await using var bank = await HttpBank.StartAsync();
        var (teller, arta) = (await TellerAsync(bank), await CustomerAsync(bank, Arta));
        var (id, other) = (await OpenAsync(bank, teller, Arta), await OpenAsync(bank, teller, Arta));
        for (var i = 1; i <= 5; i++)
        {
            await PostAsync(bank, $"backoffice/v1/accounts/{id}/cash-deposits", teller, $"d{i}", Deposit($"{i}.00"));
        }

        var (amounts, cursor) = (new List<string>(), "");
        do
        {
            var page = (await bank.CallAsync("GET", $"v1/accounts/{id}/entries?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}", token: arta)).Json;
            amounts.AddRange(page["items"]!.AsArray().Select(entry => (string)entry!["amount"]!["amount"]!));
            var next = (string?)page["nextCursor"];
            if (next is not null)
            {
                Assert.Equal("400 invalid_input\ncursor cursor_invalid", (await bank.CallAsync("GET", $"v1/accounts/{other}/entries?cursor={next}", token: arta)).ToString());
            }

            cursor = next ?? "";
        }
        while (cursor.Length > 0);

        Assert.Equal(["5.00", "4.00", "3.00", "2.00", "1.00"], amounts);
    }

    [Fact]
    public async Task The_books_are_proven_over_http()
    {
        await using var bank = await HttpBank.StartAsync();
        var (teller, bookkeeper) = (await TellerAsync(bank), await bank.TokenAsync(new() { ["staff"] = "ledger-1", ["roles"] = "ledger" }));
        var id = await OpenAsync(bank, teller, Arta);
        await PostAsync(bank, $"backoffice/v1/accounts/{id}/cash-deposits", teller, "d1", Deposit("2000.00"));

        var balance = (await bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: bookkeeper)).Json;
        Assert.True((bool)balance["isProven"]!, balance.ToJsonString());
        var proof = await bank.CallAsync("GET", $"backoffice/v1/ledger/accounts/{id}/proof", token: bookkeeper);

        Assert.Equal((1, 0), ((int)balance["accounts"]!, balance["faults"]!.AsArray().Count));
        Assert.Equal($$"""200 {"accountId":"{{id}}","isProven":true,"entries":1,"faults":[]}""", proof.ToString());
        Assert.Equal("404 account_not_found",
            (await bank.CallAsync("GET", $"backoffice/v1/ledger/accounts/{Guid.NewGuid()}/proof", token: bookkeeper)).ToString());
    }

    [Fact]
    public async Task The_sweep_timer_finishes_what_a_killed_process_left_open()
    {
        await using var bank = await HttpBank.StartAsync();
        var id = await OpenAsync(bank, await TellerAsync(bank), Arta);
        var amount = Money.OfMinor(500, Currency.All);
        var journal = new Journal(
            TransactionId.Derive("left open"), "cash_deposit", [Leg.Debit(BankAccount.Cash(Currency.All), amount), Leg.Credit(new AccountId(Guid.Parse(id)), amount)],
            "Derdhje", new NodaTime.LocalDate(2026, 3, 2), "");
        await bank.LeaveOpenAsync(journal);

        await bank.AdvanceAsync(TimeSpan.FromMinutes(3));

        var account = await bank.CallAsync("GET", $"v1/accounts/{id}", token: await CustomerAsync(bank, Arta));
        Assert.Equal("5.00", (string)account.Json["balance"]!["amount"]!);
    }

    private static Task<string> TellerAsync(HttpBank bank) => bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });

    private static Task<string> CustomerAsync(HttpBank bank, string number) => bank.TokenAsync(new() { ["customer"] = number, ["rights"] = "payment" });

    private static async Task<string> OpenAsync(HttpBank bank, string teller, string customer) =>
        (string)(await PostAsync(bank, "backoffice/v1/accounts", teller, Guid.NewGuid().ToString(), Opening(customer, "ALL"))).Json["id"]!;

    private static Task<Answer> PostAsync(HttpBank bank, string path, string token, string key, string json) =>
        bank.CallAsync("POST", path, json, token, request => request.Headers.Add("Idempotency-Key", key));

    private static string Opening(string customer, string currency, string name = "Llogari", bool isMain = false) =>
        new JsonObject { ["customer"] = customer, ["currency"] = currency, ["name"] = name, ["isMain"] = isMain }.ToJsonString();

    private static string Deposit(string amount, string currency = "ALL") =>
        new JsonObject { ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency }, ["description"] = "Derdhje" }.ToJsonString();
}

using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>Opening a further account: prepared, shown, confirmed.</summary>
public sealed class OpeningTests(AccountBank scene) : IClassFixture<AccountBank>
{
    private const string CurrentQuotes = "v1/accounts/openings/current/quotes";
    private const string SavingsQuotes = "v1/accounts/openings/savings/quotes";
    private const string Openings = "v1/accounts/openings";

    [Fact, Requirement("ACC-12"), Requirement("ACC-15"), Requirement("ACC-23")]
    public async Task A_current_account_is_prepared_confirmed_and_starts_at_zero_with_its_contract_kept()
    {
        var customer = await scene.NewCustomerAsync();
        var quote = await customer.SendAsync("POST", CurrentQuotes, new()
        {
            ["currency"] = "CHF",
            ["name"] = "Pushime",
            ["logoId"] = "travel",
            ["sendStatementByEmail"] = true,
            ["email"] = "ela@example.com",
            ["frequency"] = "quarterly",
            ["day"] = 31,
        }, language: "sq");
        Assert.Equal(200, quote.Status);
        Assert.Equal("""{"email":"ela@example.com","frequency":"quarterly","day":31}""", quote.Json["statement"]!.ToJsonString());
        Assert.Equal(("2026-01", 5, "0.00"), ((string)quote.Json["terms"]!["version"]!, quote.Json["terms"]!["text"]!.AsArray().Count, (string)quote.Json["fee"]!["amount"]!));
        Assert.Equal("[]", (await customer.GetAsync("v1/accounts")).Json["items"]!.ToJsonString());

        var opened = await ConfirmAsync(customer, quote, "k1");

        var account = (await customer.GetAsync("v1/accounts")).Json["items"]!.AsArray().Single()!;
        Assert.Equal(201, opened.Status);
        Assert.Equal($"/api/v1/accounts/{(string)account["id"]!}", opened.Headers.Location?.ToString());
        Assert.Equal(
            ("current", "Pushime", "travel", "CHF", "0.00", (string)account["iban"]!, (string)account["number"]!),
            ((string)opened.Json["type"]!, (string)account["name"]!, (string)account["logoId"]!, (string)account["currency"]!, (string)account["balance"]!["amount"]!,
                (string)opened.Json["iban"]!, (string)opened.Json["number"]!));
        Assert.Equal(opened.Text, (await ConfirmAsync(customer, quote, "k1")).Text);

        // Quarters are counted from the opening month: May has a 31st.
        var subscription = await customer.GetAsync($"v1/accounts/{(string)account["id"]!}/statement-subscription");
        Assert.Equal(
            $$"""200 {"accountId":"{{(string)account["id"]!}}","enabled":true,"email":"ela@example.com","frequency":"quarterly","day":31,"nextDate":"2027-05-31"}""",
            subscription.ToString());

        var contract = (await customer.GetAsync(((string)opened.Json["contract"]!)[5..])).Json;
        var file = await customer.DownloadAsync(contract["download"]!);
        Assert.Equal(("current", "2026-01"), ((string)contract["product"]!, (string)contract["termsVersion"]!));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), (string)contract["sha256"]!);
        var text = PdfText.Of(file);
        Assert.Contains("Kontratë llogarie", text, StringComparison.Ordinal);
        Assert.Contains($"Ëngjëll Çela · {customer.Number}", text, StringComparison.Ordinal);
        Assert.Contains((string)account["iban"]!, text, StringComparison.Ordinal);
        Assert.Equal("404 account_not_found", (await (await scene.NewCustomerAsync()).GetAsync(((string)opened.Json["contract"]!)[5..])).ToString());
    }

    [Fact, Requirement("ACC-12"), Requirement("ACC-21"), Requirement("ACC-10")]
    public async Task Every_fault_of_a_wish_comes_back_with_its_own_code()
    {
        var customer = await scene.NewCustomerAsync();

        Assert.Equal(
            "400 invalid_input\n/currency currency_not_offered\n/name name_required\n/logoId logo_unknown\n/email email_invalid\n/frequency frequency_required\n/day day_out_of_range",
            (await customer.SendAsync("POST", CurrentQuotes, new()
            {
                ["currency"] = "JPY",
                ["name"] = "  ",
                ["logoId"] = "skull",
                ["sendStatementByEmail"] = true,
                ["email"] = "ela at example",
                ["day"] = 32,
            })).ToString());
        Assert.Equal(
            "400 invalid_input\n/name name_required\n/email email_invalid\n/frequency frequency_required\n/day day_out_of_range",
            (await customer.SendAsync("POST", CurrentQuotes, new() { ["currency"] = "EUR", ["sendStatementByEmail"] = true })).ToString());
        Assert.Equal(
            "400 invalid_input\n/name invalid_account_name\n/sendStatementByEmail statements_not_wanted",
            (await customer.SendAsync("POST", CurrentQuotes, new() { ["currency"] = "EUR", ["name"] = "<Euro>", ["day"] = 3 })).ToString());
        Assert.Equal(
            "400 invalid_input\n/name too_long",
            (await customer.SendAsync("POST", CurrentQuotes, new() { ["currency"] = "EUR", ["name"] = new string('a', 31) })).ToString());
        Assert.Equal(
            "400 invalid_input\n/currency currency_not_offered\n/name name_required",
            (await customer.SendAsync("POST", SavingsQuotes, Savings("CHF", Guid.NewGuid().ToString(), "15.00", "EUR", name: null))).ToString());
        foreach (var (amount, code) in ((string, string)[])[("0.00", "amount_not_positive"), ("-20.00", "amount_not_positive"), ("99999999999999999999.00", "amount_too_large"), ("1e3", "amount_malformed"), ("15.0", "amount_decimals")])
        {
            Assert.Equal(
                $"400 invalid_input\n/initialAmount/amount {code}",
                (await customer.SendAsync("POST", SavingsQuotes, Savings("EUR", Guid.NewGuid().ToString(), amount, "EUR"))).ToString());
        }

        Assert.Equal(
            "400 invalid_input\n/initialAmount/currency currency_unknown",
            (await customer.SendAsync("POST", SavingsQuotes, Savings("EUR", Guid.NewGuid().ToString(), "20.00", "XXX"))).ToString());
    }

    [Fact, Requirement("ACC-13"), Requirement("ACC-14")]
    public async Task A_savings_account_is_opened_with_its_first_money_and_keeps_the_minimum()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        var (from, others) = (await scene.OpenAsync(customer, "5000.00"), await scene.OpenAsync(stranger, "5000.00"));

        var below = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1499.99", "ALL"));
        Assert.Equal(("422 below_minimum", "1500.00"), (below.ToString(), (string)below.Json["minimum"]!["amount"]!));
        var poor = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "5000.01", "ALL"));
        Assert.Equal(("422 insufficient_funds", "0.01"), (poor.ToString(), (string)poor.Json["missing"]!["amount"]!));
        Assert.Equal("404 account_not_found", (await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", others, "1500.00", "ALL"))).ToString());
        Assert.Equal("422 account_currency_mismatch", (await customer.SendAsync("POST", SavingsQuotes, Savings("EUR", from, "1500.00", "USD"))).ToString());

        var quote = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL"));
        Assert.Equal(
            $$$"""{"accountId":"{{{from}}}","amount":{"amount":"1500.00","currency":"ALL"},"debit":{"amount":"1500.00","currency":"ALL"},"exchangeRate":null}""",
            quote.Json["funding"]!.ToJsonString());
        var opened = await ConfirmAsync(customer, quote, "k1");
        var savings = (string)opened.Json["accountId"]!;

        Assert.Equal(("1500.00", "3500.00 ALL", "1500.00 ALL"), ((string)opened.Json["balance"]!["amount"]!, await customer.AvailableAsync(from), await customer.AvailableAsync(savings)));
        var entry = (await customer.GetAsync($"v1/accounts/{savings}/entries")).Json["items"]!.AsArray().Single()!;
        Assert.Equal(("account_funding", "Opening of Kursime", "1500.00"), ((string)entry["kind"]!, (string)entry["description"]!, (string)entry["amount"]!["amount"]!));

        // The minimum stays: nothing can be taken from what was just enough, and of 600 more only 600.
        var account = await customer.AccountAsync(savings);
        Assert.Equal(("savings", "1500.00", "0.00"), ((string)account["type"]!, (string)account["minimumBalance"]!["amount"]!, (string)account["highestDebit"]!["amount"]!));
        await scene.DepositAsync(savings, "600.00");
        var refused = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", savings, "1500.00", "ALL"));
        Assert.Equal(("422 minimum_balance", "600.00"), (refused.ToString(), (string)refused.Json["highest"]!["amount"]!));

        // By a transfer no more than by another opening.
        var tooMuch = await MoveAsync(customer, savings, from, "600.01");
        Assert.Equal(("422 minimum_balance", "600.00"), (tooMuch.ToString(), (string)tooMuch.Json["highest"]!["amount"]!));
        Assert.Equal(201, (await MoveAsync(customer, savings, from, "600.00")).Status);
        Assert.Equal("1500.00", (string)(await customer.AccountAsync(savings))["balance"]!["amount"]!);
    }

    /// <returns>The answer to the confirmation, or to the quote when that is refused.</returns>
    private static async Task<Answer> MoveAsync(BankCustomer customer, string from, string to, string amount)
    {
        var quote = await customer.SendAsync("POST", "v1/transfers/own/quotes", new()
        {
            ["fromAccountId"] = from,
            ["toAccountId"] = to,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "ALL" },
        });
        return quote.Status == 200
            ? await customer.SendAsync("POST", "v1/transfers/own", new() { ["quoteId"] = (string)quote.Json["quoteId"]! }, key: Guid.NewGuid().ToString())
            : quote;
    }

    [Fact, Requirement("ACC-22")]
    public async Task Funding_in_another_currency_shows_rate_and_debit_and_checks_the_minimum_after_converting()
    {
        var customer = await scene.NewCustomerAsync();
        var from = await scene.OpenAsync(customer, "5000.00");

        // 15.00 EUR at 98.90 ALL are exactly 1483.50 ALL; one qindarka less buys too little.
        var quote = await customer.SendAsync("POST", SavingsQuotes, Savings("EUR", from, "15.00", "EUR"));
        var less = await customer.SendAsync("POST", SavingsQuotes, Savings("EUR", from, "1483.49", "ALL"));
        var same = await customer.SendAsync("POST", SavingsQuotes, Savings("EUR", from, "1500.00", "ALL"));

        Assert.Equal(("15.00", "1483.50"), ((string)quote.Json["funding"]!["amount"]!["amount"]!, (string)quote.Json["funding"]!["debit"]!["amount"]!));
        Assert.StartsWith("0.010111", (string)quote.Json["funding"]!["exchangeRate"]!, StringComparison.Ordinal);
        Assert.Equal(("422 below_minimum", "15.00"), (less.ToString(), (string)less.Json["minimum"]!["amount"]!));
        Assert.Equal(("15.16", "1500.00"), ((string)same.Json["funding"]!["amount"]!["amount"]!, (string)same.Json["funding"]!["debit"]!["amount"]!));

        var opened = await ConfirmAsync(customer, quote, "k1");
        Assert.Equal(("3516.50 ALL", "15.00 EUR"), (await customer.AvailableAsync(from), await customer.AvailableAsync((string)opened.Json["accountId"]!)));
        await AssertBooksAsync();
    }

    [Fact, Requirement("ACC-21"), Requirement("ACC-23")]
    public async Task A_quote_opens_one_account_for_its_customer_within_five_minutes_and_with_its_terms_accepted()
    {
        var (customer, stranger) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        var from = await scene.OpenAsync(customer, "5000.00");
        var quote = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL"));
        JsonObject Body(Answer of, string terms = "2026-01") => new() { ["quoteId"] = (string)of.Json["quoteId"]!, ["acceptedTerms"] = terms };

        Assert.Equal("400 invalid_input\nIdempotency-Key idempotency_key_missing", (await customer.SendAsync("POST", Openings, Body(quote))).ToString());
        Assert.Equal("404 quote_not_found", (await stranger.SendAsync("POST", Openings, Body(quote), "k")).ToString());
        Assert.Equal("404 quote_not_found", (await customer.SendAsync("POST", Openings, new() { ["quoteId"] = "AAAA", ["acceptedTerms"] = "2026-01" }, "k")).ToString());
        var terms = await customer.SendAsync("POST", Openings, Body(quote, "2025-01"), "k");
        Assert.Equal(("422 terms_not_accepted", "2026-01"), (terms.ToString(), (string)terms.Json["termsVersion"]!));
        Assert.Equal("5000.00 ALL", await customer.AvailableAsync(from));

        var opened = await customer.SendAsync("POST", Openings, Body(quote), "k1");
        Assert.Equal(201, opened.Status);
        var again = await customer.SendAsync("POST", Openings, Body(quote), "k2");
        Assert.Equal(("409 opening_already_confirmed", (string)opened.Json["accountId"]!), (again.ToString(), (string)again.Json["account"]!));
        var other = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1600.00", "ALL"));
        Assert.Equal("422 idempotency_key_reused", (await customer.SendAsync("POST", Openings, Body(other), "k1")).ToString());

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(5));
        customer = await scene.SignInAsync(customer.Number);
        Assert.Equal("409 quote_expired", (await customer.SendAsync("POST", Openings, Body(other), "k3")).ToString());
        Assert.Equal(opened.Text, (await customer.SendAsync("POST", Openings, Body(quote), "k1")).Text);
        Assert.Equal("3500.00 ALL", await customer.AvailableAsync(from));
        await scene.RenewAsync();
    }

    [Fact, Requirement("ACC-21")]
    public async Task Three_openings_a_day_and_ten_open_accounts_are_the_most()
    {
        var (busy, rich) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        for (var i = 1; i <= 3; i++)
            Assert.Equal(201, (await ConfirmAsync(busy, await QuoteAsync(busy), $"k{i}")).Status);
        var fourth = await busy.SendAsync("POST", CurrentQuotes, Current());
        Assert.Equal(("422 too_many_openings", 3), (fourth.ToString(), (int)fourth.Json["max"]!));

        var quotes = new List<Answer>();
        for (var i = 0; i < 9; i++)
            await scene.OpenAsync(rich);
        quotes.AddRange([await QuoteAsync(rich), await QuoteAsync(rich)]);
        Assert.Equal(201, (await ConfirmAsync(rich, quotes[0], "k1")).Status);
        Assert.Equal("422 too_many_accounts", (await ConfirmAsync(rich, quotes[1], "k2")).ToString());

        // A closed account makes room.
        var closed = (await rich.GetAsync("v1/accounts")).Json["items"]!.AsArray()[0]!;
        await ChangeStatusAsync((string)closed["id"]!, AccountStatus.Closed);
        Assert.Equal(201, (await ConfirmAsync(rich, quotes[1], "k2")).Status);
    }

    [Fact, Requirement("ACC-13")]
    public async Task A_funding_that_is_refused_at_the_last_moment_opens_nothing_and_the_same_key_hears_the_same()
    {
        var customer = await scene.NewCustomerAsync();
        var from = await scene.OpenAsync(customer, "1600.00");
        var (one, other) = (await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL")), await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1600.00", "ALL")));

        // Both are taken before either has moved its money: one of them finds the account empty.
        var answers = await Task.WhenAll(ConfirmAsync(customer, one, "k1"), ConfirmAsync(customer, other, "k2"));
        var (refusedKey, refusedQuote) = answers[0].Status == 422 ? ("k1", one) : ("k2", other);
        var refused = answers.Single(answer => answer.Status != 201);
        Assert.Equal("422 insufficient_funds", refused.ToString());
        Assert.Equal(1, await SavingsAsync(customer));
        await AssertBooksAsync();

        var again = await ConfirmAsync(customer, refusedQuote, refusedKey);
        Assert.Equal("422 insufficient_funds", again.ToString());
        Assert.Equal(1, await SavingsAsync(customer));
    }

    [Fact, Requirement("ACC-24")]
    public async Task An_account_that_is_blocked_gives_no_first_money()
    {
        var customer = await scene.NewCustomerAsync();
        var from = await scene.OpenAsync(customer, "5000.00");
        var quote = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL"));

        foreach (var status in (AccountStatus[])[AccountStatus.Dormant, AccountStatus.BlockedDebit, AccountStatus.Blocked])
        {
            await ChangeStatusAsync(from, status);
            Assert.Equal("422 account_blocked", (await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL"))).ToString());
            Assert.Equal("422 account_blocked", (await ConfirmAsync(customer, quote, "k1")).ToString());
        }

        Assert.Single((await customer.GetAsync("v1/accounts")).Json["items"]!.AsArray());
        await ChangeStatusAsync(from, AccountStatus.Active);
        Assert.Equal(201, (await ConfirmAsync(customer, quote, "k1")).Status);
    }

    [Theory, ProvesRace("Accounts_ConfirmOpening"), Requirement("ACC-21")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task One_confirmation_sent_by_many_opens_one_account(int callers)
    {
        var customer = await scene.NewCustomerAsync();
        var from = await scene.OpenAsync(customer, "5000.00");
        var quote = await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL"));
        using var client = await scene.Bank.CustomerAsync(customer.Number);

        await RaceHarness.SameKeyAsync(RaceCall.Post(client, $"api/{Openings}", Confirmation(quote)), () => SavingsAsync(customer), callers);

        Assert.Equal("3500.00 ALL", await customer.AvailableAsync(from));
        await AssertBooksAsync();
    }

    [Fact, ProvesRace("Accounts_ConfirmOpening"), Requirement("ACC-13")]
    public async Task One_quote_one_key_and_the_last_money_open_one_account_each()
    {
        var (first, second, third) = (await scene.NewCustomerAsync(), await scene.NewCustomerAsync(), await scene.NewCustomerAsync());
        async Task<(HttpClient Client, Answer A, Answer B)> PrepareAsync(BankCustomer customer)
        {
            var from = await scene.OpenAsync(customer, "2000.00");
            return (await scene.Bank.CustomerAsync(customer.Number), await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1500.00", "ALL")),
                await customer.SendAsync("POST", SavingsQuotes, Savings("ALL", from, "1600.00", "ALL")));
        }

        var (client, a, b) = await PrepareAsync(first);
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(RaceCall.Post(client, $"api/{Openings}", Confirmation(a)), 8)], () => SavingsAsync(first), "409 opening_already_confirmed");

        (client, a, b) = await PrepareAsync(second);
        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(client, $"api/{Openings}", Confirmation(a)), Confirmation(b), () => SavingsAsync(second));

        (client, a, b) = await PrepareAsync(third);
        await RaceHarness.OneShotAsync(
            [RaceCall.Post(client, $"api/{Openings}", Confirmation(a)), RaceCall.Post(client, $"api/{Openings}", Confirmation(b))],
            () => SavingsAsync(third), "422 insufficient_funds");
        await AssertBooksAsync();
    }

    [Fact, ProvesRace("Accounts_ConfirmOpening"), Requirement("ACC-21")]
    public async Task Openings_at_the_same_moment_do_not_pass_the_day_s_limit_together()
    {
        var customer = await scene.NewCustomerAsync();
        var quotes = new List<Answer>();
        for (var i = 0; i < 6; i++)
            quotes.Add(await QuoteAsync(customer));
        using var client = await scene.Bank.CustomerAsync(customer.Number);

        var answers = await RaceHarness.AtOnceAsync([.. quotes.Select((quote, i) => (RaceCall.Post(client, $"api/{Openings}", Confirmation(quote)), (string?)$"k{i}"))]);

        Assert.Equal(3, answers.Count(answer => answer.IsSuccess));
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal("422 too_many_openings", answer.ToString()));
        Assert.Equal(3, (await customer.GetAsync("v1/accounts")).Json["items"]!.AsArray().Count);
    }

    [Fact, ProvesRace("Accounts_SaveSettings"), Requirement("ACC-09")]
    public async Task Settings_sent_at_the_same_moment_leave_one_of_them_whole()
    {
        var customer = await scene.NewCustomerAsync();
        var id = await scene.OpenAsync(customer);
        using var client = await scene.Bank.CustomerAsync(customer.Number);
        var logos = AccountLogos.All.Take(6).Select(logo => logo.Id);

        await RaceHarness.LastOneStaysAsync(
            [.. logos.Select(logo => new RaceCall(client, HttpMethod.Patch, $"api/v1/accounts/{id}/settings", $$"""{"logoId":"{{logo}}","description":"{{logo}}"}"""))],
            () => client.GetStringAsync($"api/v1/accounts/{id}"), "409 account_busy");
    }

    private async Task<int> SavingsAsync(BankCustomer customer) =>
        (await customer.GetAsync("v1/accounts")).Json["items"]!.AsArray().Count(account => (string)account!["type"]! == "savings");

    private static JsonObject Current() => new() { ["currency"] = "EUR", ["name"] = "Euro" };

    private static JsonObject Savings(string currency, string from, string amount, string amountCurrency, string? name = "Kursime")
    {
        var body = new JsonObject
        {
            ["currency"] = currency,
            ["fundingAccountId"] = from,
            ["initialAmount"] = new JsonObject { ["amount"] = amount, ["currency"] = amountCurrency },
        };
        if (name is not null)
            body["name"] = name;
        return body;
    }

    private static async Task<Answer> QuoteAsync(BankCustomer customer)
    {
        var quote = await customer.SendAsync("POST", CurrentQuotes, Current());
        Assert.Equal(200, quote.Status);
        return quote;
    }

    private static string Confirmation(Answer quote) =>
        new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptedTerms"] = (string)quote.Json["terms"]!["version"]! }.ToJsonString();

    private static Task<Answer> ConfirmAsync(BankCustomer customer, Answer quote, string key)
    {
        Assert.Equal(200, quote.Status);
        return customer.SendAsync("POST", Openings, JsonNode.Parse(Confirmation(quote))!.AsObject(), key);
    }

    private async Task ChangeStatusAsync(string account, AccountStatus status) => Assert.True(
        (await scene.Bank.Host.Services.GetRequiredService<ChangeAccountStatus>().RunAsync(new AccountId(Guid.Parse(account)), status, CancellationToken.None)).IsSuccess);

    private async Task AssertBooksAsync()
    {
        await scene.Bank.WhenIdleAsync();
        var proof = await scene.Bank.Host.Services.GetRequiredService<ProveBooks>().RunAsync(CancellationToken.None);
        Assert.True(proof.IsProven, string.Join("; ", proof.Faults));
    }
}

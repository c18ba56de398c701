using System.Text.Json.Nodes;
using Serverless.Functions.Tests.BackOffice;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Bills;

public sealed class PaymentTests(BillsBank scene) : IClassFixture<BillsBank>
{
    [Fact, Requirement("BILL-07")]
    public async Task The_sum_is_amount_plus_penalty_and_the_payment_can_be_looked_at()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        var (code, number) = await scene.SubscriberAsync("1707.40", penalty: "20.60");
        var contract = await arta.RegisteredAsync(code);

        var paid = await arta.PayAsync(await arta.QuotedAsync(contract, number), account, "Drita");

        Assert.Equal("272.00 ALL", await arta.BalanceAsync(account));
        var payment = (await arta.PaymentAsync(Guid.Parse((string)paid.Json["id"]!))).Json;
        Assert.Equal(
            $"paid {number} Drita 1728.00 ALL, processing paid",
            $"{payment["state"]} {payment["invoiceNumber"]} {payment["description"]} {Payer.Amount(payment["total"]!)}, "
            + string.Join(' ', payment["timeline"]!.AsArray().Select(step => step!["state"])));
        Assert.NotNull((string?)payment["companyReference"]);
        Assert.Equal(paid.Text, (await arta.PaymentAsync(Guid.Parse((string)paid.Json["id"]!))).Text);
    }

    [Fact, Requirement("BILL-07")]
    public async Task An_amount_changed_at_the_company_since_the_quote_is_refused()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("5000.00");
        var (code, number) = await scene.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);
        var quote = await arta.QuotedAsync(contract, number);
        await scene.Sandbox.ChangeAmountAsync("oshee", number, "1800.00");

        var refused = await arta.PayAsync(quote);

        Assert.Equal("409 invoice_amount_changed", refused.ToString());
        Assert.Equal("5000.00 ALL", await arta.BalanceAsync(account));
        Assert.Equal([$"{number} 1800.00 ALL unpaid"], await arta.InvoicesAsync(contract));
        Assert.Equal(201, (await arta.PayAsync(await arta.QuotedAsync(contract, number))).Status);
    }

    [Theory, Requirement("BILL-07")]
    [InlineData("Qira/maj", "400 invalid_input\n/description description_not_allowed")]
    [InlineData("a.b", "400 invalid_input\n/description description_not_allowed")]
    public async Task A_description_has_letters_and_digits_only(string description, string expected)
    {
        var arta = await scene.CustomerAsync();

        Assert.Equal(expected, (await arta.PayAsync("none", description: description)).ToString());
    }

    [Fact, Requirement("BILL-07")]
    public async Task An_account_in_another_currency_is_debited_at_the_banks_rate_which_the_quote_shows()
    {
        var arta = await scene.CustomerAsync();
        var euro = await arta.OpenAccountAsync("100.00", "EUR");
        var (code, number) = await scene.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);

        var quote = await arta.QuoteAsync(contract, number, euro);
        var paid = await arta.PayAsync(Payer.QuoteId(quote), euro);

        // The sample settings buy EUR at 97.20: 1707.40 / 97.20 = 17.5658..., rounded up.
        Assert.Equal("17.57 EUR at 97.20", $"{Payer.Amount(quote.Json["debit"]!)} at {quote.Json["exchangeRate"]}");
        Assert.Equal(201, paid.Status);
        Assert.Equal("82.43 EUR", await arta.BalanceAsync(euro));
    }

    [Fact, Requirement("BILL-07")]
    public async Task A_quote_expires_and_is_confirmed_once_and_only_by_its_owner()
    {
        // A bank of its own: the clock is moved.
        await using var bank = new OwnBank();
        var own = await bank.StartAsync();
        var arta = await own.CustomerAsync();
        var besa = await own.CustomerAsync();
        var account = await arta.OpenAccountAsync("9000.00");
        await besa.OpenAccountAsync("9000.00");
        var (code, number) = await own.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);
        var late = await arta.QuotedAsync(contract, number);

        Assert.Equal("404 quote_not_found", (await besa.PayAsync(late)).ToString());
        Assert.Equal("404 account_not_found", (await arta.PayAsync(late, await besa.OpenAccountAsync("1.00", isMain: false))).ToString());
        await own.Bank.AdvanceAsync(TimeSpan.FromMinutes(6));
        Assert.Equal("409 quote_expired", (await arta.PayAsync(late)).ToString());

        var quote = await arta.QuotedAsync(contract, number);
        var paid = await arta.PayAsync(quote, key: "one");
        await own.Bank.AdvanceAsync(TimeSpan.FromMinutes(6));
        var again = await arta.PayAsync(quote, key: "one");
        var other = await arta.PayAsync(quote, key: "two");

        Assert.Equal("201 201", $"{paid.Status} {again.Status}");
        Assert.Equal(paid.Text, again.Text);
        Assert.Equal("409 quote_already_confirmed", other.ToString());
        Assert.Equal("422 idempotency_key_reused", (await arta.PayAsync(quote, account, "tjetër", key: "one")).ToString());
        Assert.Equal("7292.60 ALL", await arta.BalanceAsync(account));
    }

    [Fact, Requirement("BILL-07"), Requirement("BILL-24")]
    public async Task Eight_sendings_of_one_order_pay_once_and_get_the_same_answer()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("9000.00");
        var (code, number) = await scene.SubscriberAsync();
        var quote = await arta.QuotedAsync(await arta.RegisteredAsync(code), number);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => arta.PayAsync(quote, key: "one")));

        Assert.All(answers, answer => Assert.Equal("201 paid", $"{answer.Status} {answer.Json["state"]}"));
        Assert.Single(answers.Select(answer => (string?)answer.Json["id"]).Distinct());
        Assert.Equal("7292.60 ALL", await arta.BalanceAsync(account));
        Assert.Equal([$"{number} confirmed"], (await scene.Sandbox.BookedAsync("oshee")).Where(line => line.StartsWith(number, StringComparison.Ordinal)));
    }

    [Fact, Requirement("BILL-24"), Requirement("BILL-28")]
    public async Task Of_eight_payers_of_one_invoice_one_pays_and_the_others_are_refused()
    {
        var (code, number) = await scene.SubscriberAsync();
        var payers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var payer = await scene.CustomerAsync();
            var account = await payer.OpenAccountAsync("2000.00");
            return (payer, account, quote: await payer.QuotedAsync(await payer.RegisteredAsync(code), number));
        }));

        var answers = await Task.WhenAll(payers.Select(p => p.payer.PayAsync(p.quote)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(
            answers.Where(answer => answer.Status != 201),
            answer => Assert.Contains(answer.ToString(), new[] { "409 invoice_being_paid", "409 invoice_already_paid" }));
        var balances = await Task.WhenAll(payers.Select(p => p.payer.BalanceAsync(p.account)));
        Assert.Equal("292.60 ALL", Assert.Single(balances, balance => balance != "2000.00 ALL"));
        Assert.Equal([$"{number} confirmed"], (await scene.Sandbox.BookedAsync("oshee")).Where(line => line.StartsWith(number, StringComparison.Ordinal)));
    }

    [Fact, Requirement("BILL-24"), Requirement("BILL-28")]
    public async Task While_the_company_has_not_confirmed_the_invoice_is_being_paid_and_the_workflow_finds_out()
    {
        await using var bank = new OwnBank();
        var own = await bank.StartAsync();
        var arta = await own.CustomerAsync();
        var besa = await own.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        await besa.OpenAccountAsync("2000.00");
        var (code, number) = await own.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);
        var besas = await besa.RegisteredAsync(code);
        var besasQuote = await besa.QuotedAsync(besas, number);
        await own.Sandbox.TurnAsync("oshee", """{"pendingRate":1,"settleAfterMs":null}""");

        var accepted = await arta.PayAsync(await arta.QuotedAsync(contract, number));

        Assert.Equal("202 pending", $"{accepted.Status} {accepted.Json["state"]}");
        var id = Guid.Parse((string)accepted.Json["id"]!);
        Assert.Equal($"/api/v1/bills/payments/{id}", accepted.Headers.Location!.ToString());
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));
        Assert.Equal([$"{number} 1707.40 ALL paying"], await arta.InvoicesAsync(contract));
        Assert.Equal([$"{number} 1707.40 ALL paying"], await besa.InvoicesAsync(besas));
        Assert.Equal("409 invoice_being_paid", (await besa.PayAsync(besasQuote)).ToString());
        Assert.Equal("409 invoice_being_paid", (await besa.QuoteAsync(besas, number)).ToString());
        Assert.Equal(0, (int)(await arta.GetAsync($"v1/bills/contracts/{contract}")).Json["unpaidInvoices"]!);

        await own.Sandbox.SettleAsync("oshee", id);
        await own.Bank.AdvanceAsync(TimeSpan.FromMinutes(5));
        var paid = await arta.PaymentOnceAsync(id, "paid");

        Assert.Equal(["processing", "pending", "paid"], paid.Json["timeline"]!.AsArray().Select(step => (string?)step!["state"]));
        Assert.Empty(await arta.InvoicesAsync(contract));
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));
    }

    [Theory, Requirement("BILL-24"), Requirement("BILL-28")]
    [InlineData("""{"refuseWith":"already_paid"}""", "409 invoice_already_paid")]
    [InlineData("""{"refuseWith":"amount_changed"}""", "409 invoice_amount_changed")]
    [InlineData("""{"refuseWith":"withdrawn"}""", "409 invoice_withdrawn")]
    public async Task A_refusal_by_the_company_gives_the_money_back_and_frees_the_invoice(string knobs, string expected)
    {
        await using var bank = new OwnBank();
        var own = await bank.StartAsync();
        var arta = await own.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        var (code, number) = await own.SubscriberAsync();
        var contract = await arta.RegisteredAsync(code);
        var quote = await arta.QuotedAsync(contract, number);
        await own.Sandbox.TurnAsync("oshee", knobs);

        Assert.Equal(expected, (await arta.PayAsync(quote, key: "one")).ToString());
        Assert.Equal(expected, (await arta.PayAsync(quote, key: "one")).ToString());
        await own.Sandbox.MakeWellAsync("oshee");

        Assert.Equal("2000.00 ALL", await arta.BalanceAsync(account));
        var payment = Assert.Single((await arta.GetAsync("v1/bills/payments")).Json["items"]!.AsArray())!;
        Assert.Equal($"failed {expected[4..]} returned True", $"{payment["state"]} {payment["failureCode"]} returned {(bool)payment["isReturned"]!}");
        var unpaid = (await arta.GetAsync($"v1/bills/contracts/{contract}/invoices")).Json;
        Assert.Equal($"unpaid {expected[4..]}", $"{unpaid["items"]![0]!["state"]} {unpaid["items"]![0]!["lastFailure"]!["code"]}");
        Assert.Equal(201, (await arta.PayAsync(await arta.QuotedAsync(contract, number))).Status);
        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));
    }

    [Theory, Requirement("BILL-24")]
    [InlineData("""{"loseAnswerRate":1}""")]
    [InlineData("""{"pendingRate":1,"settleAfterMs":100,"duplicateAnswers":true}""")]
    public async Task A_lost_late_or_repeated_answer_heals_without_anybodys_help(string knobs)
    {
        await using var bank = new OwnBank();
        var own = await bank.StartAsync();
        var arta = await own.CustomerAsync();
        var account = await arta.OpenAccountAsync("2000.00");
        var (code, number) = await own.SubscriberAsync();
        var quote = await arta.QuotedAsync(await arta.RegisteredAsync(code), number);
        await own.Sandbox.TurnAsync("oshee", knobs);

        var accepted = await arta.PayAsync(quote);
        await own.Sandbox.MakeWellAsync("oshee");
        await own.Bank.AdvanceAsync(TimeSpan.FromMinutes(1));
        await arta.PaymentOnceAsync(Guid.Parse((string)accepted.Json["id"]!), "paid");

        Assert.Equal("292.60 ALL", await arta.BalanceAsync(account));
        Assert.Equal([$"{number} confirmed"], await own.Sandbox.BookedAsync("oshee"));
    }

    [Fact, Requirement("BILL-24"), ProvesRace("BackOffice_ProposePaymentSettlement")]
    public async Task Silence_beyond_the_deadline_is_shown_as_unresolved_until_two_members_of_staff_settle_it()
    {
        await using var bank = new OwnBank();
        var own = await bank.StartAsync();
        var arta = await own.CustomerAsync();
        var account = await arta.OpenAccountAsync("5000.00");
        await own.Sandbox.TurnAsync("oshee", """{"pendingRate":1,"settleAfterMs":null}""");
        var ids = new List<Guid>();
        foreach (var amount in new[] { "1000.00", "1500.00" })
        {
            var (code, number) = await own.SubscriberAsync(amount);
            ids.Add(Guid.Parse((string)(await arta.PayAsync(await arta.QuotedAsync(await arta.RegisteredAsync(code), number))).Json["id"]!));
        }

        using var early = await own.Bank.StaffAsync("ilir", "ledger");
        Assert.Equal("409 payment_not_unresolved", (await Office.PostAsync(early, Settlements(ids[0]), """{"outcome":"paid","reason":"Telefon"}""")).ToString());

        await own.Bank.AdvanceAsync(TimeSpan.FromDays(4));

        var later = await own.SignInAsync(arta.Number);
        foreach (var id in ids)
            await later.PaymentOnceAsync(id, "unresolved");
        using var ilir = await own.Bank.StaffAsync("ilir", "ledger");
        using var mira = await own.Bank.StaffAsync("mira", "ledger");
        Assert.Equal([$"{ids[0]} 1000.00", $"{ids[1]} 1500.00"], await UnresolvedAsync());

        // The company has booked the one and will never book the other.
        var proposed = await RaceHarness.SameKeyAsync(
            RaceCall.Post(ilir, Settlements(ids[0]), """{"outcome":"paid","companyReference":"OSH-77","reason":"Telefon"}"""), () => Task.FromResult(1), 4);
        var refused = await Office.PostAsync(ilir, Settlements(ids[1]), """{"outcome":"refused","reason":"Telefon"}""");
        Assert.Equal("403 four_eyes_required", (await Office.DecideAsync(ilir, proposed.Json)).ToString());
        Assert.Equal("applied applied", $"{(await Office.DecideAsync(mira, proposed.Json)).Json["state"]} {(await Office.DecideAsync(mira, refused.Json)).Json["state"]}");

        Assert.Equal("OSH-77", (string?)(await later.PaymentOnceAsync(ids[0], "paid")).Json["companyReference"]);
        Assert.Equal("True", $"{(await later.PaymentOnceAsync(ids[1], "failed")).Json["isReturned"]}".Replace("true", "True", StringComparison.Ordinal));
        Assert.Equal("4000.00 ALL", await later.BalanceAsync(account));
        Assert.Empty(await UnresolvedAsync());
        Assert.Equal("409 payment_not_unresolved", (await Office.PostAsync(ilir, Settlements(ids[0]), """{"outcome":"refused","reason":"Telefon"}""")).ToString());
        Assert.Equal("404 payment_not_found", (await Office.PostAsync(ilir, Settlements(Guid.NewGuid()), """{"outcome":"refused","reason":"Telefon"}""")).ToString());

        string Settlements(Guid payment) => $"api/backoffice/v1/customers/{arta.Number}/bill-payments/{payment}/settlements";

        async Task<string[]> UnresolvedAsync() =>
            [.. JsonNode.Parse(await ilir.GetStringAsync("api/backoffice/v1/bills/payments/unresolved"))!["items"]!.AsArray().Select(one => $"{one!["id"]} {one["total"]!["amount"]}")];
    }

    [Fact, Requirement("BILL-07")]
    public async Task Payments_are_listed_newest_first_in_pages_and_hidden_from_others()
    {
        var arta = await scene.CustomerAsync();
        await arta.OpenAccountAsync("9000.00");
        var numbers = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var (code, number) = await scene.SubscriberAsync("10.00");
            numbers.Insert(0, number);
            Assert.Equal(201, (await arta.PayAsync(await arta.QuotedAsync(await arta.RegisteredAsync(code), number))).Status);
        }

        var first = (await arta.GetAsync("v1/bills/payments?limit=2")).Json;
        var second = (await arta.GetAsync($"v1/bills/payments?limit=2&cursor={first["nextCursor"]}")).Json;

        Assert.Equal(numbers, first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(payment => (string?)payment!["invoiceNumber"]));
        Assert.Null(second["nextCursor"]);
        var besa = await scene.CustomerAsync();
        Assert.Empty((await besa.GetAsync("v1/bills/payments")).Json["items"]!.AsArray());
        Assert.Equal("404 payment_not_found", (await besa.GetAsync($"v1/bills/payments/{first["items"]![0]!["id"]}")).ToString());
    }

    [Theory, Requirement("BILL-07")]
    [InlineData("""{}""", "400 invalid_input\n/quoteId required")]
    [InlineData("""{"quoteId":""}""", "400 invalid_input\n/quoteId too_short")]
    [InlineData("""{"quoteId":"11111111-1111-1111-1111-111111111111","amount":{"amount":"1.00","currency":"ALL"}}""", "400 invalid_input\n/amount unknown_member")]
    [InlineData("""{"quoteId":"11111111-1111-1111-1111-111111111111"}""", "404 quote_not_found")]
    public async Task A_confirmation_that_cannot_be_taken_is_refused_with_its_own_error(string body, string expected)
    {
        var arta = await scene.CustomerAsync();

        Assert.Equal(expected, (await arta.PostAsync("v1/bills/payments", body)).ToString());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"invoiceNumber":"1"}""")]
    [InlineData("""{"company":"oshee","invoiceNumber":"1"}""")]
    [InlineData("""{"contractId":"11111111-1111-1111-1111-111111111111","invoiceNumber":"1","scannedText":"x"}""")]
    public async Task A_quote_names_its_invoice_in_exactly_one_way(string body)
    {
        var arta = await scene.CustomerAsync();

        var answer = await arta.PostAsync("v1/bills/quotes", body);

        Assert.Equal("400 invalid_input\n invoice_not_named", answer.ToString());
    }

    [Fact]
    public async Task Info_access_cannot_pay()
    {
        var arta = await scene.CustomerAsync("info");

        Assert.Equal("403 payment_right_missing", (await arta.PayAsync("none")).ToString());
        Assert.Equal("403 payment_right_missing", (await arta.QuoteAsync(Guid.NewGuid(), "1")).ToString());
    }

    /// <summary>For tests that move the clock or make the company misbehave.</summary>
    private sealed class OwnBank : IAsyncDisposable
    {
        private readonly BillsBank bank = new();

        public async Task<BillsBank> StartAsync()
        {
            await bank.InitializeAsync();
            return bank;
        }

        public ValueTask DisposeAsync() => bank.DisposeAsync();
    }
}

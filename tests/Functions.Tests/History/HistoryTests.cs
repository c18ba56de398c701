using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Bills;
using Serverless.Testing;

namespace Serverless.Functions.Tests.History;

public sealed class HistoryTests(BillsBank scene) : IClassFixture<BillsBank>
{
    private static readonly Party Cafe = new("Kafe Çela", "AL35202111090000000001234567");

    [Fact, Requirement("HIST-01"), Requirement("HIST-11")]
    public async Task The_history_merges_all_accounts_newest_first_in_pages_that_new_entries_do_not_move()
    {
        var arta = await scene.CustomerAsync();
        var (current, euros) = (await arta.OpenAccountAsync("1000.00"), await arta.OpenAccountAsync("50.00", "EUR", isMain: false));
        await scene.BookAsync(current, "card_purchase", "-250.00", "Kafe Çela", Cafe);
        await scene.BookAsync(euros, "incoming_transfer", "5.00", "Dhuratë", new Party("Besa", null), "EUR");
        await scene.BookAsync(current, "card_purchase", "-10.00", "Bukë");
        string[] all =
        [
            "booked card_purchase -10.00 ALL Bukë", "booked incoming_transfer 5.00 EUR Dhuratë", "booked card_purchase -250.00 ALL Kafe Çela",
            "booked cash_deposit 50.00 EUR Derdhje", "booked cash_deposit 1000.00 ALL Derdhje",
        ];

        var page = await arta.GetAsync("v1/operations?limit=2");
        await scene.BookAsync(current, "card_purchase", "-1.00", "Më vonë");
        var second = await arta.GetAsync($"v1/operations?limit=2&cursor={page.Json["nextCursor"]}");
        var last = await arta.GetAsync($"v1/operations?limit=2&cursor={second.Json["nextCursor"]}");

        Assert.Equal(all, HistoryScene.Lines(page).Concat(HistoryScene.Lines(second)).Concat(HistoryScene.Lines(last)));
        Assert.Null((string?)last.Json["nextCursor"]);
        var cafe = HistoryTests.Item(second, "Kafe Çela");
        Assert.Equal(
            $"{current} {scene.Today():uuuu-MM-dd} outgoing 250.00 ALL, Kafe Çela AL35202111090000000001234567, balance 750.00 ALL",
            $"{cafe["accountId"]} {cafe["date"]} {cafe["direction"]} {Payer.Amount(cafe["amount"]!)}, {cafe["counterparty"]!["name"]} "
            + $"{cafe["counterparty"]!["account"]}, balance {Payer.Amount(cafe["balanceAfter"]!)}");
        string[] now = ["booked card_purchase -1.00 ALL Më vonë", .. all];
        var (inOne, oneByOne) = (await arta.AllAsync("v1/operations", 200), await arta.AllAsync("v1/operations", 1));
        Assert.Equal((string.Join('\n', now), string.Join('\n', now)), (string.Join('\n', inOne), string.Join('\n', oneByOne)));
        Assert.Equal("400 invalid_input\nlimit number_out_of_range", (await arta.GetAsync("v1/operations?limit=201")).ToString());
        Assert.Equal("400 invalid_input\ncursor cursor_invalid", (await (await scene.CustomerAsync()).GetAsync($"v1/operations?limit=2&cursor={page.Json["nextCursor"]}")).ToString());
    }

    [Fact, Requirement("HIST-02"), Requirement("HIST-06")]
    public async Task Operations_are_the_owners_alone()
    {
        var (arta, besa) = (await scene.CustomerAsync(), await scene.CustomerAsync());
        var account = await arta.OpenAccountAsync("1000.00");
        var mine = await arta.GetAsync($"v1/accounts/{account}/operations");
        var id = (string)mine.Json["items"]![0]!["id"]!;

        Assert.Equal(["booked cash_deposit 1000.00 ALL Derdhje"], HistoryScene.Lines(mine));
        Assert.Equal("404 account_not_found", (await besa.GetAsync($"v1/accounts/{account}/operations")).ToString());
        Assert.Equal("404 account_not_found", (await besa.GetAsync($"v1/accounts/{account}/operations?state=failed")).ToString());
        Assert.Equal("404 account_not_found", (await besa.GetAsync($"v1/operations?accounts={account}")).ToString());
        Assert.Equal("404 account_not_found", (await arta.GetAsync($"v1/accounts/{Guid.NewGuid()}/operations")).ToString());
        Assert.Empty(HistoryScene.Lines(await besa.GetAsync("v1/operations")));
        Assert.Equal(200, (await arta.GetAsync($"v1/operations/{id}")).Status);
        Assert.Equal("404 operation_not_found", (await besa.GetAsync($"v1/operations/{id}")).ToString());
        Assert.Equal("404 operation_not_found", (await besa.GetAsync($"v1/operations/{id}/receipt")).ToString());
        foreach (var unknown in new[] { "x", $"hold-{Guid.NewGuid():N}-{account:N}", $"{Guid.NewGuid():N}-{account:N}-0", $"{id[..^1]}7", $"bill-payment-{Guid.NewGuid():N}", $"nothing-{Guid.NewGuid():N}" })
            Assert.Equal("404 operation_not_found", (await arta.GetAsync($"v1/operations/{unknown}")).ToString());
    }

    [Fact, Requirement("HIST-03"), Requirement("HIST-04"), Requirement("HIST-05")]
    public async Task Operations_are_searched_filtered_and_sorted()
    {
        var arta = await scene.CustomerAsync();
        var (current, euros) = (await arta.OpenAccountAsync("1000.00"), await arta.OpenAccountAsync("50.00", "EUR", isMain: false));
        await scene.BookAsync(current, "card_purchase", "-250.00", "Kafe", Cafe);
        await scene.BookAsync(current, "inside_transfer", "-30.50", "Qira maj 2024", new Party("ËNGJËLL ÇELA", null), reference: "urdhri 77");
        await scene.BookAsync(euros, "card_refund", "7.25", "Kthim", currency: "EUR");
        const string cash = "booked cash_deposit 1000.00 ALL Derdhje", cafe = "booked card_purchase -250.00 ALL Kafe", rent = "booked inside_transfer -30.50 ALL Qira maj 2024",
            cashInEuros = "booked cash_deposit 50.00 EUR Derdhje", refund = "booked card_refund 7.25 EUR Kthim";
        var today = $"{scene.Today():uuuu-MM-dd}";

        var expected = new Dictionary<string, string[]>
        {
            ["search=cela"] = [rent, cafe],
            ["search=engjell%20%C3%A7ela"] = [rent],
            ["search=QIRA"] = [rent],
            ["search=URDHRI"] = [rent],
            ["search=30,5"] = [rent],
            ["search=AL35%202021%201109"] = [cafe],
            ["search=nothing%20of%20it"] = [],
            ["kind=incoming"] = [refund, cashInEuros, cash],
            ["kind=outgoing"] = [rent, cafe],
            ["kind=debit_card"] = [refund, cafe],
            ["currency=EUR"] = [refund, cashInEuros],
            ["minAmount=30.5&maxAmount=250"] = [rent, cafe, cashInEuros],
            ["minAmount=30.51&kind=outgoing"] = [cafe],
            [$"accounts={euros}"] = [refund, cashInEuros],
            [$"accounts={euros},{current}&kind=debit_card&search=kafe"] = [cafe],
            [$"from={today}&to={today}&kind=outgoing"] = [rent, cafe],
            [$"to={scene.Today().PlusDays(-1):uuuu-MM-dd}"] = [],
            [$"from={scene.Today().PlusDays(1):uuuu-MM-dd}"] = [],
            ["sort=date_oldest_first"] = [cash, cashInEuros, cafe, rent, refund],
            ["sort=date_newest_first"] = [refund, rent, cafe, cashInEuros, cash],
            ["sort=amount_highest_first"] = [cash, cafe, cashInEuros, rent, refund],
            ["sort=amount_lowest_first&currency=ALL"] = [rent, cafe, cash],
        };
        foreach (var (query, lines) in expected)
        {
            var found = await arta.AllAsync($"v1/operations?{query}", 2);
            Assert.True(lines.SequenceEqual(found), $"{query}: {string.Join("; ", found)}");
        }

        Assert.Equal([cash, cafe, rent], await arta.AllAsync($"v1/accounts/{current}/operations?sort=amount_highest_first", 1));
        Assert.Equal([rent, cafe], HistoryScene.Lines(await arta.GetAsync($"v1/accounts/{current}/operations?search=cela")));
    }

    [Theory, Requirement("HIST-04"), Requirement("HIST-11")]
    [InlineData("from=2026-01-02&to=2026-01-01", "to end_before_start")]
    [InlineData("minAmount=2&maxAmount=1.99", "minAmount min_above_max")]
    [InlineData("currency=XXX", "currency currency_unknown")]
    [InlineData("currency=eur", "currency currency_unknown")]
    [InlineData("minAmount=-1", "minAmount pattern_mismatch")]
    [InlineData("minAmount=1.0000", "minAmount pattern_mismatch")]
    [InlineData("kind=other", "kind unknown_code")]
    [InlineData("sort=newest", "sort unknown_code")]
    [InlineData("state=open", "state unknown_code")]
    [InlineData("from=01.02.2026", "from malformed_date")]
    [InlineData("to=2026-02-30", "to malformed_date")]
    [InlineData("accounts=1,2", "accounts pattern_mismatch")]
    [InlineData("search=%20", "search blank")]
    [InlineData("from=1999-01-01", "from period_not_online")]
    [InlineData("to=1999-01-01", "to period_not_online")]
    public async Task A_faulty_filter_is_refused_with_its_own_error(string query, string fault)
    {
        var arta = await scene.CustomerAsync();

        Assert.Equal($"400 invalid_input\n{fault}", (await arta.GetAsync($"v1/operations?{query}")).ToString());
    }

    [Fact, Requirement("HIST-11")]
    public async Task A_period_has_twelve_months_at_most_within_the_twenty_four_that_are_online()
    {
        var arta = await scene.CustomerAsync();
        var today = scene.Today();
        Task<string> AskAsync(int fromMonths, int toMonths) => AnswerAsync($"from={today.PlusMonths(fromMonths):uuuu-MM-dd}&to={today.PlusMonths(toMonths):uuuu-MM-dd}");

        Assert.Equal("200", await AskAsync(-12, 0));
        Assert.Equal("200", await AskAsync(-24, -12));
        Assert.Equal("400 invalid_input\nto period_too_long", await AskAsync(-13, 0));
        Assert.Equal("400 invalid_input\nfrom period_not_online", await AskAsync(-25, -20));
        Assert.Equal("400 invalid_input\nfrom period_too_long", await AnswerAsync($"from={today.PlusMonths(-14):uuuu-MM-dd}"));
        Assert.Equal("200", await AnswerAsync($"to={today.PlusMonths(-20):uuuu-MM-dd}&sort=date_oldest_first"));
        var faults = await AnswerAsync("from=2026-01-02&to=2026-01-01&minAmount=3&maxAmount=2");
        Assert.Equal("400 invalid_input\nto end_before_start\nminAmount min_above_max", faults);

        async Task<string> AnswerAsync(string query)
        {
            var answer = await arta.GetAsync($"v1/operations?{query}");
            return answer.Status == 200 ? "200" : answer.ToString();
        }
    }

    [Fact, Requirement("HIST-12")]
    public async Task A_card_authorisation_is_pending_until_the_settled_record_takes_its_place()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("1000.00");
        var hold = await scene.HoldAsync(account, "80.00", new HoldText("card_purchase", "Kafe Çela", Cafe));
        await scene.HoldAsync(account, "5.00", text: null);

        var pending = await arta.GetAsync($"v1/accounts/{account}/operations");
        Assert.Equal(["pending card_purchase -80.00 ALL Kafe Çela", "booked cash_deposit 1000.00 ALL Derdhje"], HistoryScene.Lines(pending));
        var first = pending.Json["items"]![0]!;
        var id = (string)first["id"]!;
        Assert.Equal("pending , Kafe Çela", $"{(await arta.GetAsync($"v1/operations/{id}")).Json["operation"]!["state"]} {first["bookedOn"]}, {first["counterparty"]!["name"]}");
        Assert.Equal("409 receipt_not_available", (await arta.GetAsync($"v1/operations/{id}/receipt")).ToString());
        Assert.Equal(["pending card_purchase -80.00 ALL Kafe Çela"], HistoryScene.Lines(await arta.GetAsync("v1/operations?state=pending&kind=debit_card")));
        Assert.Equal(["pending card_purchase -80.00 ALL Kafe Çela"], HistoryScene.Lines(await arta.GetAsync("v1/operations?sort=amount_lowest_first&limit=1")));

        await scene.BookAsync(account, "card_purchase", "-78.50", "Kafe Çela", Cafe, captures: hold.Id);

        Assert.Equal(
            ["booked card_purchase -78.50 ALL Kafe Çela", "booked cash_deposit 1000.00 ALL Derdhje"],
            HistoryScene.Lines(await arta.GetAsync($"v1/accounts/{account}/operations")));
        Assert.Empty(HistoryScene.Lines(await arta.GetAsync("v1/operations?state=pending")));
        Assert.Equal("booked card_purchase -78.50 ALL Kafe Çela", HistoryScene.Line((await arta.GetAsync($"v1/operations/{id}")).Json["operation"]));
    }

    [Fact, Requirement("HIST-12")]
    public async Task A_hold_that_was_given_back_is_cancelled()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("1000.00");
        var hold = await scene.HoldAsync(account, "80.00", new HoldText("card_purchase", "Hotel"));
        var id = (string)(await arta.GetAsync("v1/operations?state=pending")).Json["items"]![0]!["id"]!;

        await scene.Get<ReleaseHold>().RunAsync(hold.Id, hold.Account, Currency.All, CancellationToken.None);

        Assert.Equal("cancelled card_purchase -80.00 ALL Hotel", HistoryScene.Line((await arta.GetAsync($"v1/operations/{id}")).Json["operation"]));
        Assert.Equal(["booked cash_deposit 1000.00 ALL Derdhje"], HistoryScene.Lines(await arta.GetAsync("v1/operations")));
    }

    private static System.Text.Json.Nodes.JsonNode Item(Http.Answer page, string description) =>
        page.Json["items"]!.AsArray().Single(item => (string)item!["description"]! == description)!;
}

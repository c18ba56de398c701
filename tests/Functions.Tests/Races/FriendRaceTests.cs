using System.Text.Json.Nodes;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Functions.Tests.PeriodicTransfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>Contacts, money requests, splits and standing transfers raced with themselves; today is 1 March 2027.</summary>
public sealed class FriendRaceTests(FriendsBank scene) : IClassFixture<FriendsBank>
{
    private const string Contacts = "api/v1/network/contacts", Requests = "api/v1/money-requests", Periodic = "api/v1/transfers/periodic";

    [Fact, ProvesRace("Network_AddContact"), ProvesRace("Network_SetRequestPermission"), ProvesRace("Network_RemoveContact")]
    public async Task A_contact_is_added_once_has_one_permission_and_is_removed_once()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var client = await arta.ClientAsync();
        static string Contact(string name, Friend of) => new JsonObject { ["name"] = name, ["phone"] = of.Phone }.ToJsonString();
        Task<int> CountAsync() => ItemsAsync(client, Contacts);

        var added = await RaceHarness.SameKeyAsync(RaceCall.Post(client, Contacts, Contact("Drita", drita)), CountAsync, 16);
        var one = $"{Contacts}/{added.Json["id"]}";
        var genti = await scene.FriendAsync("Genti Duka");
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, Contacts, Contact("Genti", genti)), Contact("Gent", genti), async () => await CountAsync() - 1);
        await RaceHarness.SameCallAsync(Permission("blocked"), () => IsAsync(client, one, "requests", "blocked"));
        var both = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 8).Select(i => (Permission(i % 2 == 0 ? "blocked" : "allowed"), (string?)null))]);
        Assert.All(both, answer => Assert.True(answer.IsSuccess, answer.ToString()));
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, one), async () => 2 - await CountAsync(), doneAlready: "404 contact_not_found");

        RaceCall Permission(string value) => new(client, HttpMethod.Put, $"{one}/requests", $$"""{"requests":"{{value}}"}""");
    }

    [Theory, ProvesRace("MoneyRequests_Send")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task A_request_is_sent_once(int callers)
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var (client, contact) = (await arta.ClientAsync(), await arta.KnowsAsync(drita));

        await RaceHarness.SameKeyAsync(RaceCall.Post(client, Requests, await AskAsync("10.00")), () => ItemsAsync(client, Requests), callers);
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, Requests, await AskAsync("20.00")), await AskAsync("30.00"), async () => await ItemsAsync(client, Requests) - 1, callers);
        var quoted = await AskAsync("40.00");
        await RaceHarness.OneThingAsync(
            [.. Enumerable.Repeat(RaceCall.Post(client, Requests, quoted), callers)], async () => await ItemsAsync(client, Requests) - 2);

        async Task<string> AskAsync(string amount) => Confirm((await arta.QuoteAsync(contact, amount)).Json);
    }

    [Theory, ProvesRace("MoneyRequests_Pay")]
    [InlineData(2)]
    [InlineData(16)]
    public async Task One_request_is_paid_once_whatever_the_keys_and_quotes(int callers)
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var client = await drita.ClientAsync();
        string[] refusals = ["409 money_request_not_open", "409 money_request_being_paid", "409 transfer_already_confirmed"];

        var first = await arta.AskAsync(drita, "100.00");
        await RaceHarness.SameKeyAsync(await PaymentAsync(first), async () => Times(await drita.BalanceAsync(), 1000m), callers);
        var second = await arta.AskAsync(drita, "100.00");
        var quote = await PaymentAsync(second);
        await RaceHarness.OneThingAsync([.. Enumerable.Repeat(quote, callers)], async () => Times(await drita.BalanceAsync(), 900m), refusals);
        var third = await arta.AskAsync(drita, "100.00");
        var quotes = new List<RaceCall>();
        for (var i = 0; i < callers; i++)
            quotes.Add(await PaymentAsync(third));
        await RaceHarness.OneThingAsync(quotes, async () => Times(await drita.BalanceAsync(), 800m), refusals);
        Assert.Equal("1300.00 ALL", await arta.BalanceAsync());

        async Task<RaceCall> PaymentAsync(string request) =>
            RaceCall.Post(client, $"{Requests}/{request}/payment", Confirm((await drita.QuotePaymentAsync(request)).Json));
    }

    [Fact, ProvesRace("MoneyRequests_Decline"), ProvesRace("MoneyRequests_Withdraw")]
    public async Task A_request_is_declined_or_withdrawn_once()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var (asking, asked) = (await arta.ClientAsync(), await drita.ClientAsync());
        var (declined, withdrawn, both) = (await arta.AskAsync(drita, "1.00"), await arta.AskAsync(drita, "2.00"), await arta.AskAsync(drita, "3.00"));

        await RaceHarness.SameCallAsync(
            RaceCall.Post(asked, $"{Requests}/{declined}/refusal"), async () => await arta.StateAsync(declined) == "declined" ? 1 : 0,
            doneAlready: "409 money_request_not_open");
        await RaceHarness.SameCallAsync(
            RaceCall.Post(asking, $"{Requests}/{withdrawn}/withdrawal"), async () => await arta.StateAsync(withdrawn) == "withdrawn" ? 1 : 0,
            doneAlready: "409 money_request_not_open");
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? RaceCall.Post(asked, $"{Requests}/{both}/refusal") : RaceCall.Post(asking, $"{Requests}/{both}/withdrawal"), (string?)null))]);
        Assert.All(answers, answer => Assert.True(answer.IsSuccess || answer.ToString() == "409 money_request_not_open", answer.ToString()));
        Assert.Contains(await arta.StateAsync(both), new[] { "declined", "withdrawn" });
    }

    [Fact, ProvesRace("MoneyRequests_SendSplit")]
    public async Task One_payment_is_split_once_whatever_the_keys_and_quotes()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var (client, contact) = (await arta.ClientAsync(), await arta.KnowsAsync(drita));
        const string splits = $"{Requests}/splits";

        var first = await SpendAsync();
        await RaceHarness.SameKeyAsync(RaceCall.Post(client, splits, await SplitAsync(first)), () => AskedAsync(0), 16);
        var second = await SpendAsync();
        var quotes = new List<RaceCall>();
        for (var i = 0; i < 8; i++)
            quotes.Add(RaceCall.Post(client, splits, await SplitAsync(second)));
        await RaceHarness.OneThingAsync(quotes, () => AskedAsync(1), "409 already_split");

        // Each split asks Drita once.
        async Task<int> AskedAsync(int before)
        {
            await scene.IdleAsync();
            return (await drita.RequestsAsync()).Length - before;
        }

        async Task<string> SpendAsync()
        {
            var paid = await arta.PayAsync(await luan.AskAsync(arta, "90.00", "Darka"));
            Assert.True(paid.Status == 200, paid.ToString());
            return (string)(await arta.GetAsync($"accounts/{arta.Account}/entries")).Json["items"]![0]!["transactionId"]!;
        }

        async Task<string> SplitAsync(string transaction) => Confirm((await arta.PostAsync("money-requests/splits/quotes", new JsonObject
        {
            ["accountId"] = arta.Account,
            ["transactionId"] = Guid.Parse(transaction),
            ["participants"] = new JsonArray(new JsonObject { ["contactId"] = contact }),
            ["locked"] = true,
            ["details"] = "Bashke",
        })).Json);
    }

    [Fact, ProvesRace("PeriodicTransfers_Create"), ProvesRace("PeriodicTransfers_Modify"), ProvesRace("PeriodicTransfers_Cancel")]
    public async Task A_standing_transfer_is_registered_once_has_one_amount_and_is_cancelled_once()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var (client, savings) = (await arta.ClientAsync(), await scene.OpenAccountAsync(arta.Number, "0.00"));
        const string monthly = """ "frequency":"monthly","startDate":"2027-03-31","count":12 """;

        var created = await RaceHarness.SameKeyAsync(RaceCall.Post(client, Periodic, await OrderAsync("100.00")), () => ItemsAsync(client, Periodic), 16);
        var quoted = await OrderAsync("200.00");
        await RaceHarness.OneThingAsync([.. Enumerable.Repeat(RaceCall.Post(client, Periodic, quoted), 8)], async () => await ItemsAsync(client, Periodic) - 1);
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, Periodic, await OrderAsync("300.00")), await OrderAsync("400.00"), async () => await ItemsAsync(client, Periodic) - 2);

        var one = $"{Periodic}/{created.Json["id"]}";
        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(1, 8).Select(i => new RaceCall(client, HttpMethod.Patch, one, $$$"""{"amount":{"amount":"{{{i}}}.00","currency":"ALL"} }"""))],
            () => client.GetStringAsync(one), "409 account_busy");
        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, $"{one}/cancellation"), () => IsAsync(client, one, "state", "cancelled"), doneAlready: "409 account_busy");

        async Task<string> OrderAsync(string amount)
        {
            var quote = await arta.QuotePeriodicAsync(StandingOrders.Own(arta, savings, monthly, amount));
            return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptTerms"] = true }.ToJsonString();
        }
    }

    [Fact, ProvesRace("Budget_Save"), ProvesRace("Budget_AddExpense"), ProvesRace("Budget_ChangeExpense"), ProvesRace("Budget_RemoveExpense")]
    [ProvesRace("Budget_Close"), ProvesRace("Budget_Reactivate"), ProvesRace("Budget_RecategoriseOperation")]
    public async Task A_budget_has_one_of_the_amounts_and_each_expense_once()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var client = await arta.ClientAsync();
        const string settings = "api/v1/budget/settings", expenses = "api/v1/budget/expenses", busy = "409 budget_busy";

        // The first saving activates it, and each of the others changes it.
        await AllAsync([.. Enumerable.Range(1, 8).Select(Save)], busy);
        Assert.Contains((string?)(await ReadAsync(client, settings))["amount"]!["amount"], Enumerable.Range(1, 8).Select(i => $"{i}00.00"));

        var added = await RaceHarness.SameKeyAsync(RaceCall.Post(client, expenses, Expense("1.00")), () => ItemsAsync(client, expenses), 16);
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, expenses, Expense("2.00")), Expense("3.00"), async () => await ItemsAsync(client, expenses) - 1);
        var one = $"{expenses}/{added.Json["id"]}";
        await RaceHarness.LastOneStaysAsync(
            [.. Enumerable.Range(4, 8).Select(i => new RaceCall(client, HttpMethod.Patch, one, $$$"""{"amount":{"amount":"{{{i}}}.00","currency":"ALL"} }"""))],
            () => client.GetStringAsync(one), busy);
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, one), async () => 2 - await ItemsAsync(client, expenses), doneAlready: "404 expense_not_found");

        await arta.PayAsync(await drita.AskAsync(arta, "5.00"));
        var operation = Uri.EscapeDataString((string)(await ReadAsync(client, "api/v1/budget/operations"))["items"]![0]!["operation"]!["id"]!);
        var chosen = $"api/v1/budget/operations/{operation}/category";
        await AllAsync([.. new[] { "food", "leisure", "food", "leisure" }.Select(category => new RaceCall(client, HttpMethod.Put, chosen, $$"""{"category":"{{category}}"}"""))], busy);
        Assert.Contains(
            (string?)(await ReadAsync(client, "api/v1/budget/operations"))["items"]![0]!["category"]!["id"], new[] { "food", "leisure" });

        await AllAsync([.. Enumerable.Repeat(RaceCall.Post(client, "api/v1/budget/closure"), 8)], busy, "409 budget_not_active");
        using (var closed = await client.GetAsync(settings))
            Assert.Equal(409, (int)closed.StatusCode);
        await AllAsync([.. Enumerable.Repeat(RaceCall.Post(client, "api/v1/budget/reactivation"), 8)], busy, "404 budget_not_kept");
        Assert.Equal(1, await ItemsAsync(client, expenses));

        RaceCall Save(int hundreds) => new(
            client, HttpMethod.Put, settings, $$$"""{"accountIds":["{{{arta.Account}}}"],"amount":{"amount":"{{{hundreds}}}00.00","currency":"ALL"} }""");
    }

    /// <summary>At least one succeeds; the others may be told what is listed.</summary>
    private static async Task AllAsync(IReadOnlyList<RaceCall> calls, params string[] refusals)
    {
        var answers = await RaceHarness.AtOnceAsync([.. calls.Select(call => (call, (string?)null))]);
        Assert.Contains(answers, answer => answer.IsSuccess);
        Assert.All(answers, answer => Assert.True(answer.IsSuccess || refusals.Contains(answer.ToString()), answer.ToString()));
    }

    private static string Expense(string amount) =>
        $$$"""{"category":"housing","amount":{"amount":"{{{amount}}}","currency":"ALL"},"type":"recurring_monthly","plannedOn":"2027-03-20"}""";

    private static string Confirm(JsonNode quote) => new JsonObject { ["quoteId"] = (string)quote["quoteId"]! }.ToJsonString();

    private static int Times(string balance, decimal before) =>
        (int)((before - decimal.Parse(balance.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)) / 100m);

    private static async Task<JsonNode> ReadAsync(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path))!;

    private static async Task<int> ItemsAsync(HttpClient client, string path) => (await ReadAsync(client, path))["items"]!.AsArray().Count;

    private static async Task<int> IsAsync(HttpClient client, string path, string member, string value) =>
        (string?)(await ReadAsync(client, path))[member] == value ? 1 : 0;
}

using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.CreditCards;

[Collection(SharedFriends.Name)]
public sealed class InstalmentTests(FriendsBank scene)
{
    [Fact, Requirement("PROD-06"), Requirement("CC-18"), Requirement("CC-19"), Requirement("CC-20"), Requirement("CC-29")]
    public async Task A_completed_purchase_is_split_by_an_offer_as_the_menu_leads_to_it()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var menu = (await arta.GetAsync("products")).Json["items"]!.AsArray();
        Assert.Equal("/api/v1/smart-pay", Operations("smart_pay")[0]);
        var (cards, plans) = (Operations("instalments")[0]["/api/v1/".Length..], Operations("instalments")[3]["/api/v1/".Length..]);
        Assert.Empty((await arta.GetAsync(cards)).Json["items"]!.AsArray());

        var card = await IssueAsync(arta);
        Assert.Equal(card, (string)(await arta.GetAsync(cards)).Json["items"]!.AsArray().Single()!["cardId"]!);
        var (bought, small, pending) = (await UseAsync(card, "12000.00"), await UseAsync(card, "4999.99"), await UseAsync(card, "9000.00", state: "pending"));
        var (cash, foreign) = (await UseAsync(card, "9000.00", "cashAdvance"), await UseAsync(card, "60.00", currency: "EUR"));
        var listing = await arta.GetAsync($"{cards}/{card}/transactions");
        Assert.True(listing.Status == 200, listing.ToString());
        var listed = listing.Json;
        Assert.Equal([$"{pending} False"], Splittable(listed["pending"]!));
        Assert.Equal(new[] { $"{bought} True", $"{small} False", $"{cash} False", $"{foreign} True" }.Order(), Splittable(listed["completed"]!).Order());
        foreach (var one in new[] { small, pending, cash })
            Assert.Equal("422 not_splittable", (await arta.GetAsync($"{cards}/{card}/transactions/{one}/instalment-offers")).ToString());

        var offered = (await arta.GetAsync($"{cards}/{card}/transactions/{bought}/instalment-offers")).Json;
        Assert.Equal(["3 4040.00 ALL 12120.00 ALL", "6 2040.00 ALL 12240.00 ALL", "12 1040.00 ALL 12480.00 ALL"], offered["offers"]!.AsArray().Select(offer =>
            $"{offer!["instalments"]} {Friend.Amount(offer["instalmentAmount"])} {Friend.Amount(offer["total"])}"));
        Assert.Equal("409 instalment_offer_expired", (await QuoteAsync(arta, card, bought, 5)).ToString());
        var quote = await QuoteAsync(arta, card, bought, 6);
        Assert.Equal("12240.00 ALL", Friend.Amount(quote.Json["confirmation"]!["facts"]!["amount"]));
        var split = await arta.ConfirmAsync(plans, quote, "key-1");
        Assert.Equal((201, "active"), (split.Status, (string)split.Json["state"]!));
        Assert.Equal(split.Text, (await arta.ConfirmAsync(plans, quote, "key-1")).Text);
        Assert.Equal(split.Text, (await arta.ConfirmAsync(plans, quote, "key-2")).Text);
        Assert.Equal("2027-04-01 2027-09-01", $"{split.Json["instalments"]![0]!["date"]} {split.Json["instalments"]![5]!["date"]}");
        Assert.Equal(split.Text, (await arta.GetAsync($"{plans}/{split.Json["id"]}")).Text);
        Assert.Equal((string)split.Json["id"]!, (string)(await arta.GetAsync(plans)).Json["items"]!.AsArray().Single()!["id"]!);
        Assert.Equal("422 not_splittable", (await QuoteAsync(arta, card, bought, 3)).ToString());

        // Somebody else's card is not there, and neither are transactions of another card.
        var drita = await scene.FriendAsync("Drita Kola");
        Assert.Equal("404 credit_card_not_found", (await drita.GetAsync($"{cards}/{card}/transactions")).ToString());
        Assert.Equal("404 plan_not_found", (await drita.GetAsync($"{plans}/{split.Json["id"]}")).ToString());
        var own = await IssueAsync(drita);
        Assert.Equal("404 card_transaction_not_found", (await QuoteAsync(drita, own, foreign, 3)).ToString());

        string[] Operations(string code) => [.. menu.Single(item => (string?)item!["code"] == code)!["operations"]!.AsArray().Select(operation => (string)operation!)];
    }

    [Fact, Requirement("CC-20"), Requirement("CC-29")]
    public async Task What_the_processor_has_decided_meanwhile_is_told_and_a_silent_one_is_asked_again()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var card = await IssueAsync(arta);
        var (first, second) = (await UseAsync(card, "12000.00"), await UseAsync(card, "8000.00"));
        var (twice, again) = (await QuoteAsync(arta, card, first, 3), await QuoteAsync(arta, card, first, 6));
        await TurnAsync("""{"errorRate":1}""");
        Assert.Equal("503 card_processor_unavailable", (await arta.ConfirmAsync("instalment-plans", twice, "key-1")).ToString());
        await TurnAsync("{}");
        Assert.Equal(201, (await arta.ConfirmAsync("instalment-plans", twice, "key-1")).Status);
        Assert.Equal("409 purchase_already_split", (await arta.ConfirmAsync("instalment-plans", again)).ToString());
        Assert.Equal("422 idempotency_key_reused", (await arta.ConfirmAsync("instalment-plans", again, "key-1")).ToString());
        Assert.Single((await arta.GetAsync("instalment-plans")).Json["items"]!.AsArray());

        var late = await QuoteAsync(arta, card, second, 3);
        await SandboxAsync($"processors/cards/cards/{card}/statements", "");
        Assert.Equal("409 statement_cut", (await arta.ConfirmAsync("instalment-plans", late)).ToString());
        Assert.Equal("404 card_transaction_not_found", (await QuoteAsync(arta, card, second, 3)).ToString());
    }

    [Fact, Requirement("CC-21"), Requirement("CC-29")]
    public async Task A_plan_is_closed_early_once_and_by_a_refund()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var card = await IssueAsync(arta);
        var (first, second) = (await UseAsync(card, "12000.00"), await UseAsync(card, "6000.00"));
        var plan = await arta.ConfirmAsync("instalment-plans", await QuoteAsync(arta, card, first, 3));
        var path = $"instalment-plans/{plan.Json["id"]}/closing";
        var quote = await arta.PostAsync($"{path}/quotes");
        Assert.Equal(("12000.00 ALL", "0.00 ALL"), (Friend.Amount(quote.Json["remainingPrincipal"]), Friend.Amount(quote.Json["fee"])));
        var closed = await arta.ConfirmAsync(path, quote, "key-1");
        Assert.Equal((200, "closed"), (closed.Status, (string)closed.Json["state"]!));
        Assert.Equal(closed.Text, (await arta.ConfirmAsync(path, quote, "key-1")).Text);
        Assert.Equal("409 plan_closed", (await arta.ConfirmAsync(path, quote)).ToString());
        Assert.Equal("409 plan_closed", (await arta.PostAsync($"{path}/quotes")).ToString());
        Assert.Equal("404 plan_not_found", (await arta.PostAsync($"instalment-plans/{Guid.NewGuid()}/closing/quotes")).ToString());

        var other = await arta.ConfirmAsync("instalment-plans", await QuoteAsync(arta, card, second, 3));
        Assert.Equal("404 quote_not_found", (await arta.ConfirmAsync($"instalment-plans/{other.Json["id"]}/closing", quote)).ToString());
        await UseAsync(card, "6000.00", "refund", of: second);
        Assert.Equal("closed", (string)(await arta.GetAsync($"instalment-plans/{other.Json["id"]}")).Json["state"]!);
    }

    [Fact, ProvesRace("Instalments_Split"), ProvesRace("Instalments_Close")]
    public async Task A_purchase_is_split_once_by_two_offers_and_closed_once_by_many()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var client = await arta.ClientAsync();
        var card = await IssueAsync(arta);
        var first = await UseAsync(card, "12000.00");
        var (three, six) = (Body(await QuoteAsync(arta, card, first, 3)), Body(await QuoteAsync(arta, card, first, 6)));
        var plan = await RaceHarness.OneThingAsync(
            [.. Enumerable.Range(0, 6).Select(i => RaceCall.Post(client, "api/v1/instalment-plans", i % 2 == 0 ? three : six))], CountAsync, "409 purchase_already_split");
        await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/instalment-plans", Body(await QuoteAsync(arta, card, await UseAsync(card, "7000.00"), 3))), async () => await CountAsync() - 1);

        var path = $"instalment-plans/{plan.Json["id"]}/closing";
        var (here, there) = (Body(await arta.PostAsync($"{path}/quotes")), Body(await arta.PostAsync($"{path}/quotes")));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 6).Select(i => RaceCall.Post(client, $"api/v1/{path}", i % 2 == 0 ? here : there))],
            async () => (string)(await arta.GetAsync($"instalment-plans/{plan.Json["id"]}")).Json["state"]! == "closed" ? 1 : 0, "409 plan_closed");

        async Task<int> CountAsync() => (await arta.GetAsync("instalment-plans")).Json["items"]!.AsArray().Count;
    }

    private static Task<Answer> QuoteAsync(Friend customer, string card, string transaction, int instalments) =>
        customer.PostAsync("instalment-plans/quotes", new JsonObject { ["cardId"] = card, ["transactionId"] = transaction, ["instalments"] = instalments });

    private static string Body(Answer quote)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString();
    }

    private static string[] Splittable(JsonNode transactions) => [.. transactions.AsArray().Select(one => $"{one!["transactionId"]} {one["isSplittable"]}".Replace("true", "True").Replace("false", "False"))];

    /// <summary>A credit card that was collected.</summary>
    private async Task<string> IssueAsync(Friend customer)
    {
        var card = $"credit-{customer.Number}";
        await SandboxAsync("processors/cards/cards", new JsonObject
        {
            ["cardId"] = card,
            ["customerNumber"] = customer.Number,
            ["kind"] = "contactless",
            ["lastDigits"] = customer.Number[^6..],
            ["status"] = "active",
            ["pin"] = "4711",
            ["expiry"] = "2030-12",
            ["product"] = "classic",
        }.ToJsonString());
        return card;
    }

    private async Task<string> UseAsync(string card, string amount, string type = "purchase", string state = "completed", string currency = "ALL", string? of = null)
    {
        var id = $"txn-{Guid.NewGuid():N}";
        var body = new JsonObject { ["transactionId"] = id, ["type"] = type, ["state"] = state, ["amount"] = Friend.Money(amount, currency), ["merchant"] = "Neptun" };
        if (of is not null)
            body["of"] = of;
        await SandboxAsync($"processors/cards/cards/{card}/transactions", body.ToJsonString());
        return id;
    }

    private async Task TurnAsync(string knobs) => (await scene.Bank.Sandbox.PutAsync("knobs/cards", HttpBank.Json(knobs))).EnsureSuccessStatusCode();

    private async Task SandboxAsync(string path, string body)
    {
        using var done = await scene.Bank.Sandbox.PostAsync(path, HttpBank.Json(body));
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
    }
}

using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.MoneyRequests;

public sealed class SplitTests(FriendsBank scene) : IClassFixture<FriendsBank>
{
    [Fact, Requirement("REQ-10")]
    public async Task The_debits_of_an_account_can_be_split_and_searched_page_by_page()
    {
        var dinner = await DinnerAsync("100.00", "Darka te Luani");
        await SpendAsync(dinner.Arta, dinner.Host, "20.00", "Taksi");
        await scene.DepositAsync(dinner.Arta.Account, "5.00");

        Assert.Equal(["Taksi 20.00 ALL split False", "Darka te Luani 100.00 ALL split False"], await ListAsync(dinner.Arta));
        Assert.Equal(["Darka te Luani 100.00 ALL split False"], await ListAsync(dinner.Arta, "&search=darka"));
        Assert.Equal(["Taksi 20.00 ALL split False"], await ListAsync(dinner.Arta, "&search=20.0"));
        Assert.Empty(await ListAsync(dinner.Arta, "&search=Derdhje"));
        var first = (await dinner.Arta.GetAsync($"money-requests/splits/transactions?accountId={dinner.Arta.Account}&limit=1")).Json;
        Assert.Equal("Taksi", (string)first["items"]![0]!["description"]!);
        Assert.Equal(["Darka te Luani 100.00 ALL split False"], await ListAsync(dinner.Arta, $"&limit=1&cursor={Uri.EscapeDataString((string)first["nextCursor"]!)}"));
        Assert.Equal(
            "404 account_not_found", (await dinner.Drita.GetAsync($"money-requests/splits/transactions?accountId={dinner.Arta.Account}")).ToString());

        await SplitAsync(dinner);
        Assert.Contains("Darka te Luani 100.00 ALL split True", await ListAsync(dinner.Arta));
    }

    [Fact, Requirement("REQ-11"), Requirement("REQ-21")]
    public async Task Equal_shares_are_whole_and_sum_up_exactly()
    {
        var dinner = await DinnerAsync("100.00");

        Assert.Equal("own 33.34 ALL, Drita Kola 33.33 ALL, Genti Duka 33.33 ALL, rest 0.00 ALL", await SharesAsync(dinner));
        Assert.Equal("own none, Drita Kola 50.00 ALL, Genti Duka 50.00 ALL, rest 0.00 ALL", await SharesAsync(dinner, """ "includeMe":false """));

        var odd = await DinnerAsync("0.05");
        Assert.Equal("own none, Drita Kola 0.03 ALL, Genti Duka 0.02 ALL, rest 0.00 ALL", await SharesAsync(odd, """ "includeMe":false """));
        Assert.Equal("own 0.03 ALL, Drita Kola 0.01 ALL, Genti Duka 0.01 ALL, rest 0.00 ALL", await SharesAsync(odd));
        Assert.Equal("422 amount_too_small_to_split", await SharesAsync(await DinnerAsync("0.02")));
    }

    [Fact, Requirement("REQ-12")]
    public async Task Shares_by_hand_are_checked_when_they_are_locked()
    {
        var dinner = await DinnerAsync("100.00");

        Assert.Equal("422 shares_unlocked", (await QuoteAsync(dinner, ["30.00", "20.00"], """ "locked":false """)).ToString());
        Assert.Equal(
            "400 invalid_input\n/participants/1/amount/amount amount_not_positive", (await QuoteAsync(dinner, ["30.00", "0.00"], """ "locked":true """)).ToString());
        var above = await QuoteAsync(dinner, ["60.00", "40.01"], """ "locked":true """);
        Assert.Equal("400 invalid_input\n/participants shares_above_transaction", above.ToString());
        Assert.Equal("100.01 ALL", Friend.Amount(above.Json["errors"]![0]!["sum"]));
        Assert.Equal(
            "400 invalid_input\n/participants/0/amount shares_above_transaction", (await QuoteAsync(dinner, ["100.01", "1.00"], """ "locked":true """)).ToString());
        Assert.Equal("400 invalid_input\n/participants/1/amount share_missing", (await QuoteAsync(dinner, ["60.00", null], """ "locked":true """)).ToString());
        Assert.Equal(
            "400 invalid_input\n/ownAmount requester_left_out",
            (await QuoteAsync(dinner, ["60.00", "1.00"], """ "locked":true,"includeMe":false,"ownAmount":{"amount":"1.00","currency":"ALL"} """)).ToString());

        var good = await QuoteAsync(dinner, ["30.00", "20.00"], """ "locked":true,"ownAmount":{"amount":"40.00","currency":"ALL"} """);
        Assert.Equal("own 40.00 ALL, Drita Kola 30.00 ALL, Genti Duka 20.00 ALL, rest 10.00 ALL", See(good.Json["shares"]!));
    }

    [Fact, Requirement("REQ-13"), Requirement("REQ-04"), Requirement("REQ-20"), Requirement("REQ-07")]
    public async Task A_confirmed_split_asks_everybody_once_and_is_complete_when_nobody_is_open()
    {
        var dinner = await DinnerAsync("100.00", "Darka");
        var quote = await QuoteAsync(dinner, [null, null], """ "locked":true """);

        var split = await dinner.Arta.ConfirmAsync("money-requests/splits", quote);
        Assert.True(split.Status == 201, split.ToString());
        Assert.Equal(split.Text, (await dinner.Arta.ConfirmAsync("money-requests/splits", quote)).Text);
        await scene.IdleAsync();

        Assert.Equal(["sent Genti Duka 33.33 ALL open", "sent Drita Kola 33.33 ALL open"], (await dinner.Arta.RequestsAsync("?direction=sent")).OrderDescending());
        Assert.Equal(["received Arta Hoxha 33.33 ALL open"], await dinner.Drita.RequestsAsync());
        Assert.Equal(["received Arta Hoxha 33.33 ALL open"], await dinner.Genti.RequestsAsync());
        Assert.Single(await dinner.Genti.PushesAsync());
        var mine = (await dinner.Arta.GetAsync("money-requests?direction=sent")).Json["items"]![0]!;
        Assert.Equal("split_share Bashke", $"{mine["kind"]} {mine["details"]}");
        Assert.Equal(dinner.Transaction, (string)mine["split"]!["transactionId"]!);
        Assert.Equal(3, mine["split"]!["shares"]!.AsArray().Count);
        Assert.Equal(dinner.Arta.Account.ToString(), (string)mine["accountId"]!);
        Assert.Null((await dinner.Drita.GetAsync("money-requests")).Json["items"]![0]!["split"]);

        Assert.Equal("False open,open", await SeeSplitAsync(dinner.Arta, split));
        await dinner.Drita.PayAsync((string)split.Json["shares"]![1]!["requestId"]!);
        Assert.Equal("False paid,open", await SeeSplitAsync(dinner.Arta, split));
        await dinner.Genti.PostAsync($"money-requests/{split.Json["shares"]![2]!["requestId"]}/refusal");
        Assert.Equal("True paid,declined", await SeeSplitAsync(dinner.Arta, split));
        Assert.Equal("404 split_not_found", (await dinner.Drita.GetAsync($"money-requests/splits/{split.Json["id"]}")).ToString());
    }

    [Fact, Requirement("REQ-13")]
    public async Task Without_details_without_the_transaction_or_a_second_time_it_is_refused()
    {
        var dinner = await DinnerAsync("100.00");
        var stranger = (string)(await dinner.Arta.AddAsync("Agim", "+355691000021")).Json["id"]!;

        Assert.Equal("400 invalid_input\n/details required", (await QuoteAsync(dinner, [null, null], """ "locked":true """, details: null)).ToString());
        Assert.Equal(
            "400 invalid_input\n/details description_character_not_allowed", (await QuoteAsync(dinner, [null, null], """ "locked":true """, details: "a/b")).ToString());
        Assert.Equal("404 transaction_not_found", (await QuoteAsync(dinner with { Transaction = Guid.NewGuid().ToString() }, [null, null], """ "locked":true """)).ToString());
        var received = (string)(await dinner.Arta.GetAsync($"accounts/{dinner.Arta.Account}/entries")).Json["items"]![1]!["transactionId"]!;
        Assert.Equal("404 transaction_not_found", (await QuoteAsync(dinner with { Transaction = received }, [null, null], """ "locked":true """)).ToString());
        Assert.Equal(
            "422 contact_not_registered", (await QuoteAsync(dinner with { OfGenti = stranger }, [null, null], """ "locked":true """)).ToString());
        Assert.Equal(
            "400 invalid_input\n/participants/1/contactId participant_repeated",
            (await QuoteAsync(dinner with { OfGenti = dinner.OfDrita }, [null, null], """ "locked":true """)).ToString());

        var early = await QuoteAsync(dinner, [null, null], """ "locked":true """);
        var split = await SplitAsync(dinner);
        var again = await QuoteAsync(dinner, [null, null], """ "locked":true """);
        Assert.Equal("409 already_split", again.ToString());
        Assert.Equal((string)split.Json["id"]!, (string)again.Json["split"]!);
        Assert.Equal("409 already_split", (await dinner.Arta.ConfirmAsync("money-requests/splits", early)).ToString());
        Assert.Equal(2, (await dinner.Arta.RequestsAsync("?direction=sent")).Length);
    }

    [Fact, Requirement("REQ-13"), Requirement("REQ-18")]
    public async Task One_participant_who_cannot_be_asked_any_more_leaves_nobody_asked()
    {
        var dinner = await DinnerAsync("100.00");
        for (var i = 1; i <= 3; i++)
            await dinner.Arta.AskAsync(dinner.Genti, $"{i}.00");

        var split = await dinner.Arta.ConfirmAsync("money-requests/splits", await QuoteAsync(dinner, [null, null], """ "locked":true """));

        Assert.Equal("422 open_requests_reached", split.ToString());
        Assert.Empty(await dinner.Drita.RequestsAsync());
        Assert.Equal(3, (await dinner.Arta.RequestsAsync("?direction=sent")).Length);
    }

    private async Task<Answer> SplitAsync(Dinner dinner)
    {
        var split = await dinner.Arta.ConfirmAsync("money-requests/splits", await QuoteAsync(dinner, [null, null], """ "locked":true """));
        Assert.True(split.Status == 201, split.ToString());
        return split;
    }

    /// <summary>Arta has paid for Drita, Genti and herself at Luan's.</summary>
    private async Task<Dinner> DinnerAsync(string amount, string description = "Darka")
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var (drita, genti, luan) = (await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Genti Duka"), await scene.FriendAsync("Luan Prifti"));
        var transaction = await SpendAsync(arta, luan, amount, description);
        return new Dinner(arta, drita, genti, luan, (await arta.KnowsAsync(drita)).ToString(), (await arta.KnowsAsync(genti)).ToString(), transaction);
    }

    /// <returns>The transaction's id.</returns>
    private async Task<string> SpendAsync(Friend payer, Friend payee, string amount, string description)
    {
        // Luan asks for it: the shortest way to spend at this bank.
        var contact = await payee.KnowsAsync(payer);
        var sent = await payee.ConfirmAsync("money-requests", await payee.QuoteAsync(contact, amount, description));
        await scene.IdleAsync();
        var paid = await payer.PayAsync((string)sent.Json["id"]!);
        Assert.True(paid.Status == 200, paid.ToString());
        return (string)(await payer.GetAsync($"accounts/{payer.Account}/entries")).Json["items"]![0]!["transactionId"]!;
    }

    private static async Task<string[]> ListAsync(Friend friend, string query = "")
    {
        var answer = await friend.GetAsync($"money-requests/splits/transactions?accountId={friend.Account}{query}");
        Assert.True(answer.Status == 200, answer.ToString());
        return [.. answer.Json["items"]!.AsArray().Select(it => $"{it!["description"]} {Friend.Amount(it["amount"])} split {(bool)it["isSplit"]!}")];
    }

    private static async Task<string> SharesAsync(Dinner dinner, string more = """ "includeMe":true """)
    {
        var answer = await dinner.Arta.PostAsync("money-requests/splits/shares", Body(dinner, [null, null], more));
        return answer.Status == 200 ? See(answer.Json) : answer.ToString();
    }

    private static Task<Answer> QuoteAsync(Dinner dinner, string?[] amounts, string more, string? details = "Bashke")
    {
        var body = Body(dinner, amounts, more);
        if (details is not null)
            body["details"] = details;
        return dinner.Arta.PostAsync("money-requests/splits/quotes", body);
    }

    private static JsonObject Body(Dinner dinner, string?[] amounts, string more)
    {
        var body = JsonNode.Parse($$"""{"accountId":"{{dinner.Arta.Account}}","transactionId":"{{Guid.Parse(dinner.Transaction)}}",{{more}}}""")!.AsObject();
        body["participants"] = new JsonArray([.. new[] { dinner.OfDrita, dinner.OfGenti }.Zip(amounts).Select(pair => (JsonNode)new JsonObject
        {
            ["contactId"] = pair.First,
            ["amount"] = pair.Second is { } amount ? Friend.Money(amount) : null,
        })]);
        return body;
    }

    private static string See(JsonNode shares) => string.Join(", ",
    [
        $"own {(shares["ownShare"] is { } own ? Friend.Amount(own) : "none")}",
        .. shares["participants"]!.AsArray().Select(it => $"{it!["name"]} {Friend.Amount(it["amount"])}"),
        $"rest {Friend.Amount(shares["rest"])}",
    ]);

    private static async Task<string> SeeSplitAsync(Friend requester, Answer split)
    {
        var seen = (await requester.GetAsync($"money-requests/splits/{split.Json["id"]}")).Json;
        return $"{(bool)seen["isComplete"]!} {string.Join(',', seen["shares"]!.AsArray().Skip(1).Select(it => (string)it!["state"]!))}";
    }

    private sealed record Dinner(Friend Arta, Friend Drita, Friend Genti, Friend Host, string OfDrita, string OfGenti, string Transaction);
}

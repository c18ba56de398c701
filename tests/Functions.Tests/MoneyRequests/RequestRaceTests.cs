using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.MoneyRequests;

/// <summary>The same operation of network, requests and splits from many callers at the same moment.</summary>
public sealed class RequestRaceTests(FriendsBank scene) : IClassFixture<FriendsBank>
{
    private const string Requests = "api/v1/money-requests";

    [Fact, ProvesRace("Network_AddContact")]
    public async Task A_contact_is_added_once_by_one_key_and_by_many()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var client = await arta.ClientAsync();
        var call = RaceCall.Post(client, "api/v1/network/contacts", """{"name":"Beni","phone":"+355691000031"}""");

        await RaceHarness.SameKeyAsync(call, ContactsAsync);
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 8).Select(i => (call, (string?)$"key-{i}"))]);
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await ContactsAsync());
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, "api/v1/network/contacts", """{"name":"Genti","phone":"+355691000032"}"""), """{"name":"Luan","phone":"+355691000033"}""",
            async () => await ContactsAsync() - 1);

        async Task<int> ContactsAsync() => (await arta.GetAsync("network/contacts")).Json["items"]!.AsArray().Count;
    }

    [Fact, ProvesRace("Network_RemoveContact"), ProvesRace("Network_SetRequestPermission")]
    public async Task A_contact_is_blocked_allowed_and_removed_by_many_at_once()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);
        var client = await arta.ClientAsync();
        var path = $"api/v1/network/contacts/{contact}";
        RaceCall Set(string value) => new(client, HttpMethod.Put, $"{path}/requests", $$"""{"requests":"{{value}}"}""");

        await RaceHarness.SameCallAsync(Set("blocked"), async () => (await SeeAsync())?.Contains("\"blocked\"", StringComparison.Ordinal) == true ? 1 : 0);
        await RaceHarness.LastOneStaysAsync([Set("allowed"), Set("blocked"), Set("allowed"), Set("blocked")], async () => (await SeeAsync())!);
        await RaceHarness.SameCallAsync(new RaceCall(client, HttpMethod.Delete, path), async () => await SeeAsync() is null ? 1 : 0, doneAlready: "404 contact_not_found");

        async Task<string?> SeeAsync() => (await arta.GetAsync($"network/contacts/{contact}")) is { Status: 200 } found ? found.Text : null;
    }

    [Fact, ProvesRace("MoneyRequests_Send"), Requirement("REQ-09")]
    public async Task A_prepared_request_is_sent_once_by_one_key_and_by_many()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);
        var client = await arta.ClientAsync();
        var first = Confirm(await arta.QuoteAsync(contact, "1.00"));

        await RaceHarness.SameKeyAsync(RaceCall.Post(client, Requests, first), SentAsync);
        var second = Confirm(await arta.QuoteAsync(contact, "2.00"));
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 8).Select(i => (RaceCall.Post(client, Requests, second), (string?)$"key-{i}"))]);
        Assert.Single(answers.Distinct());
        Assert.Equal(2, await SentAsync());
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, Requests, Confirm(await arta.QuoteAsync(contact, "3.00"))), Confirm(await arta.QuoteAsync(contact, "4.00")), async () => await SentAsync() - 2);
        Assert.Equal(3, (await drita.PushesAsync()).Length);

        async Task<int> SentAsync() => (await arta.RequestsAsync("?direction=sent")).Length;
    }

    [Fact, ProvesRace("MoneyRequests_Send"), Requirement("REQ-18")]
    public async Task The_limit_of_open_requests_holds_when_many_are_sent_at_once()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);
        var client = await arta.ClientAsync();
        var calls = new List<(RaceCall, string?)>();
        for (var i = 1; i <= 6; i++)
            calls.Add((RaceCall.Post(client, Requests, Confirm(await arta.QuoteAsync(contact, $"{i}.00"))), $"key-{i}"));

        var answers = await RaceHarness.AtOnceAsync(calls);

        Assert.Equal(3, answers.Count(answer => answer.IsSuccess));
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal("422 open_requests_reached", answer.ToString()));
        Assert.Equal(3, (await arta.RequestsAsync()).Length);
    }

    [Fact, ProvesRace("MoneyRequests_Pay"), Requirement("REQ-14")]
    public async Task A_request_is_paid_once_by_one_key_by_many_and_from_two_accounts()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "1000.00"));
        var other = await scene.OpenAccountAsync(drita.Number, "1000.00");
        var client = await drita.ClientAsync();

        var first = await arta.AskAsync(drita, "100.00");
        await RaceHarness.SameKeyAsync(RaceCall.Post(client, $"{Requests}/{first}/payment", Confirm(await drita.QuotePaymentAsync(first))), () => PaidAsync(0));

        var second = await arta.AskAsync(drita, "100.00");
        var (here, there) = (Confirm(await drita.QuotePaymentAsync(second)), Confirm(await drita.QuotePaymentAsync(second, other)));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 8).Select(i => RaceCall.Post(client, $"{Requests}/{second}/payment", i % 2 == 0 ? here : there))],
            () => PaidAsync(1), "409 money_request_being_paid", "409 money_request_not_open");

        var third = await arta.AskAsync(drita, "100.00");
        (here, there) = (Confirm(await drita.QuotePaymentAsync(third)), Confirm(await drita.QuotePaymentAsync(third, other)));
        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(client, $"{Requests}/{third}/payment", here), there, () => PaidAsync(2));

        // One payment is 100.00: how many came beyond those before, and as many went.
        async Task<int> PaidAsync(int before)
        {
            var received = (int)decimal.Parse((await arta.BalanceAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            var left = await SpentAsync(drita.Account) + await SpentAsync(other);
            Assert.Equal(received, left);
            return (received / 100) - before;
        }

        async Task<int> SpentAsync(Guid account) =>
            1000 - (int)decimal.Parse((await drita.BalanceAsync(account)).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact, ProvesRace("MoneyRequests_Decline"), ProvesRace("MoneyRequests_Withdraw"), Requirement("REQ-15")]
    public async Task Paying_declining_and_withdrawing_at_once_end_the_request_one_way()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "1000.00"));
        var (requester, payer) = (await arta.ClientAsync(), await drita.ClientAsync());
        var first = await arta.AskAsync(drita, "1.00");
        var answer = await RaceHarness.SameCallAsync(RaceCall.Post(payer, $"{Requests}/{first}/refusal"), async () => await arta.StateAsync(first) == "declined" ? 1 : 0);
        Assert.Equal("declined", (string)answer.Json["state"]!);
        var second = await arta.AskAsync(drita, "1.00");
        await RaceHarness.SameCallAsync(RaceCall.Post(requester, $"{Requests}/{second}/withdrawal"), async () => await drita.StateAsync(second) == "withdrawn" ? 1 : 0);

        for (var round = 0; round < 4; round++)
        {
            var before = await arta.BalanceAsync();
            var id = await arta.AskAsync(drita, "1.00");
            var pay = Confirm(await drita.QuotePaymentAsync(id));
            await RaceHarness.OneShotAsync(
                [
                    RaceCall.Post(payer, $"{Requests}/{id}/payment", pay), RaceCall.Post(payer, $"{Requests}/{id}/refusal"),
                    RaceCall.Post(requester, $"{Requests}/{id}/withdrawal"),
                ],
                async () =>
                {
                    var state = await arta.StateAsync(id);
                    Assert.Contains(state, new[] { "paid", "declined", "withdrawn" });
                    Assert.Equal(state == "paid", await arta.BalanceAsync() != before);
                    return 1;
                },
                "409 money_request_being_paid", "409 money_request_not_open");
        }
    }

    [Fact, ProvesRace("MoneyRequests_SendSplit"), Requirement("REQ-13")]
    public async Task A_split_is_made_once_by_one_key_and_by_two_quotes_of_the_same_people()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var contact = await arta.KnowsAsync(drita);
        var client = await arta.ClientAsync();

        var (first, twin) = await QuotesAsync();
        await RaceHarness.SameKeyAsync(RaceCall.Post(client, $"{Requests}/splits", first), () => SharesAsync(0));
        Assert.Equal("409 already_split", (await arta.PostAsync("money-requests/splits", JsonNode.Parse(twin))).ToString());

        var (here, there) = await QuotesAsync();
        await RaceHarness.OneShotAsync(
            [RaceCall.Post(client, $"{Requests}/splits", here), RaceCall.Post(client, $"{Requests}/splits", there)], () => SharesAsync(1), "409 already_split");

        contact = await arta.KnowsAsync(luan);
        (here, _) = await QuotesAsync();
        (there, _) = await QuotesAsync();
        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(client, $"{Requests}/splits", here), there, () => SharesAsync(2));

        async Task<int> SharesAsync(int before) => (await arta.RequestsAsync("?direction=sent")).Length - before;

        async Task<(string, string)> QuotesAsync()
        {
            var asked = await luan.AskAsync(arta, "30.00", "Darka");
            Assert.Equal(200, (await arta.PayAsync(asked)).Status);
            var transaction = (string)(await arta.GetAsync($"accounts/{arta.Account}/entries")).Json["items"]![0]!["transactionId"]!;
            var body = $$"""
                {"accountId":"{{arta.Account}}","transactionId":"{{Guid.Parse(transaction)}}","details":"Bashke","locked":true,"participants":[{"contactId":"{{contact}}"}]}
                """;
            return (Confirm(await arta.PostAsync("money-requests/splits/quotes", JsonNode.Parse(body))), Confirm(await arta.PostAsync("money-requests/splits/quotes", JsonNode.Parse(body))));
        }
    }

    private static string Confirm(Answer quote)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString();
    }
}

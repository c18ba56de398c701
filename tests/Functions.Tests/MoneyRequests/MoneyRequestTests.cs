using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.MoneyRequests;

public sealed class MoneyRequestTests(MoneyRequestTests.Bank scene) : IClassFixture<MoneyRequestTests.Bank>
{
    public sealed class Bank : FriendsBank
    {
        protected override void Configure(IDictionary<string, string?> settings) => settings["MoneyRequests:RequestsPerDay"] = "6";
    }

    /// <summary>Reminds after one day and lets expire after two: both numbers are configuration.</summary>
    private sealed class ImpatientBank : FriendsBank
    {
        protected override void Configure(IDictionary<string, string?> settings) =>
            (settings["MoneyRequests:ReminderAfterDays"], settings["MoneyRequests:ExpiryAfterDays"]) = ("1", "2");
    }

    [Fact, Requirement("REQ-08"), Requirement("REQ-09"), Requirement("REQ-07")]
    public async Task A_request_is_prepared_sent_once_shown_to_the_payer_and_told()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita, "Dritka");

        var quote = await arta.QuoteAsync(contact, "100.00", "Darka e premtes");
        Assert.Equal("Dritka", (string)quote.Json["name"]!);
        Assert.Equal(drita.Phone, (string)quote.Json["phone"]!);
        Assert.Equal(arta.Account.ToString(), (string)quote.Json["accountId"]!);
        Assert.Equal("100.00 ALL", Friend.Amount(quote.Json["amount"]));
        Assert.Empty(await drita.PushesAsync());

        var sent = await arta.ConfirmAsync("money-requests", quote);
        var again = await arta.ConfirmAsync("money-requests", quote);
        Assert.Equal("open", (string)sent.Json["state"]!);
        Assert.Equal(sent.Text, again.Text);

        Assert.Equal(["Arta Hoxha asks you for money: Arta Hoxha asks you for 100.00 ALL. Open the request to pay or decline it."], await drita.PushesAsync());
        Assert.Equal(["sent Dritka 100.00 ALL open"], await arta.RequestsAsync());
        Assert.Equal(["received Arta Hoxha 100.00 ALL open"], await drita.RequestsAsync());
        var seen = (await drita.GetAsync($"money-requests/{sent.Json["id"]}")).Json;
        Assert.Equal("Darka e premtes", (string)seen["details"]!);
        Assert.Null(seen["accountId"]);
        Assert.Null(seen["otherParty"]!["phone"]);
        Assert.Equal((0, 1), (await arta.CountAsync(), await drita.CountAsync()));
    }

    [Fact, Requirement("REQ-09")]
    public async Task A_quote_expires_after_five_minutes_and_serves_nobody_else()
    {
        await using var own = new FriendsBank();
        await own.InitializeAsync();
        var (arta, drita) = (await own.FriendAsync("Arta Hoxha"), await own.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);
        var (first, second) = (await arta.QuoteAsync(contact, "100.00"), await arta.QuoteAsync(contact, "100.00"));
        var sent = await arta.ConfirmAsync("money-requests", first, "key-1");

        Assert.Equal("404 quote_not_found", (await drita.ConfirmAsync("money-requests", second)).ToString());
        await own.PassTimeUntilAsync("2027-03-01T10:20:00Z");

        Assert.Equal("409 quote_expired", (await arta.ConfirmAsync("money-requests", second)).ToString());
        Assert.Equal(sent.Text, (await arta.ConfirmAsync("money-requests", first, "key-1")).Text);
        Assert.Equal("422 idempotency_key_reused", (await arta.ConfirmAsync("money-requests", second, "key-1")).ToString());
        Assert.Equal("404 quote_not_found", (await arta.PostAsync("money-requests", new JsonObject { ["quoteId"] = "nonsense" })).ToString());
    }

    [Fact, Requirement("REQ-08")]
    public async Task What_cannot_be_asked_is_refused_with_its_reason()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita);
        var stranger = Guid.Parse((string)(await arta.AddAsync("Agim", "+355691000011")).Json["id"]!);

        Assert.Equal("404 contact_not_found", (await arta.QuoteAsync(Guid.NewGuid(), "1.00")).ToString());
        Assert.Equal("404 contact_not_found", (await drita.QuoteAsync(contact, "1.00")).ToString());
        Assert.Equal("422 contact_not_registered", (await arta.QuoteAsync(stranger, "1.00")).ToString());
        Assert.Equal("404 account_not_found", (await arta.QuoteAsync(contact, "1.00", to: drita.Account)).ToString());
        Assert.Equal("422 account_currency_mismatch", (await arta.QuoteAsync(contact, "1.00", currency: "EUR")).ToString());
        Assert.Equal("400 invalid_input\n/amount/amount amount_not_positive", (await arta.QuoteAsync(contact, "0.00")).ToString());
        Assert.Equal("400 invalid_input\n/amount/amount amount_not_positive", (await arta.QuoteAsync(contact, "-1.00")).ToString());
        Assert.Equal("400 invalid_input\n/amount/amount amount_decimals", (await arta.QuoteAsync(contact, "1.001")).ToString());
        Assert.Equal("400 invalid_input\n/amount/currency currency_unknown", (await arta.QuoteAsync(contact, "1.00", currency: "XXX")).ToString());
        Assert.Equal("400 invalid_input\n/amount/amount amount_too_large", (await arta.QuoteAsync(contact, "99999999999999999.00")).ToString());
        var special = await arta.QuoteAsync(contact, "1.00", "Darka/premte");
        Assert.Equal("400 invalid_input\n/details description_character_not_allowed", special.ToString());
        Assert.Equal("/", (string)special.Json["errors"]![0]!["character"]!);
        Assert.Equal("400 invalid_input\n/details description_too_long", (await arta.QuoteAsync(contact, "1.00", new string('x', 141))).ToString());
    }

    [Fact, Requirement("REQ-04")]
    public async Task The_list_is_filtered_by_direction_and_state_newest_first_and_paged()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var declined = await arta.AskAsync(drita, "1.00");
        await arta.AskAsync(luan, "2.00");
        await drita.AskAsync(arta, "3.00");
        await drita.PostAsync($"money-requests/{declined}/refusal");

        Assert.Equal(
            ["received Drita Kola 3.00 ALL open", "sent Luan Prifti 2.00 ALL open", "sent Drita Kola 1.00 ALL declined"], await arta.RequestsAsync());
        Assert.Equal(["sent Luan Prifti 2.00 ALL open", "sent Drita Kola 1.00 ALL declined"], await arta.RequestsAsync("?direction=sent"));
        Assert.Equal(["sent Luan Prifti 2.00 ALL open"], await arta.RequestsAsync("?direction=sent&state=open"));
        Assert.Equal(["received Drita Kola 3.00 ALL open"], await arta.RequestsAsync("?direction=received"));
        Assert.Empty(await arta.RequestsAsync("?state=paid"));

        var first = (await arta.GetAsync("money-requests?limit=2")).Json;
        Assert.Equal(2, first["items"]!.AsArray().Count);
        Assert.Equal(["sent Drita Kola 1.00 ALL declined"], await arta.RequestsAsync($"?limit=2&cursor={Uri.EscapeDataString((string)first["nextCursor"]!)}"));
        Assert.Equal("400 invalid_input\nstate unknown_code", (await arta.GetAsync("money-requests?state=lost")).ToString());
    }

    [Fact, Requirement("REQ-06")]
    public async Task A_blocked_requester_gets_the_usual_answer_and_the_payer_sees_nothing()
    {
        await using var own = new ImpatientBank();
        await own.InitializeAsync();
        var (arta, drita) = (await own.FriendAsync("Arta Hoxha"), await own.FriendAsync("Drita Kola"));
        var before = await arta.AskAsync(drita, "1.00");
        var ofArta = await drita.KnowsAsync(arta);
        await drita.CallAsync("PUT", $"network/contacts/{ofArta}/requests", """{"requests":"blocked"}""");
        await drita.CallAsync("DELETE", $"network/contacts/{ofArta}");
        await drita.PushesAsync();

        var withheld = await arta.AskAsync(drita, "2.00");
        var usual = (await arta.GetAsync($"money-requests/{before}")).Json;
        var answer = (await arta.GetAsync($"money-requests/{withheld}")).Json;
        Assert.Equal(usual.AsObject().Select(it => it.Key), answer.AsObject().Select(it => it.Key));
        Assert.Equal("open", (string)answer["state"]!);
        Assert.Equal(["received Arta Hoxha 1.00 ALL open"], await drita.RequestsAsync());
        Assert.Equal(1, await drita.CountAsync());
        Assert.Equal("404 money_request_not_found", (await drita.GetAsync($"money-requests/{withheld}")).ToString());
        Assert.Equal("404 money_request_not_found", (await drita.QuotePaymentAsync(withheld)).ToString());
        Assert.Equal("404 money_request_not_found", (await drita.PostAsync($"money-requests/{withheld}/refusal")).ToString());

        // A new number does not help, and neither does waiting: no reminder, and it expires like any other.
        await own.RegisterAsync(arta.Number, "Arta Hoxha", "+355691777777");
        var third = await arta.AskAsync(drita, "3.00");
        Assert.Equal("422 open_requests_reached", (await arta.ConfirmAsync("money-requests", await arta.QuoteAsync(await arta.KnowsAsync(drita), "4.00"))).ToString());
        await own.PassTimeUntilAsync("2027-03-02T11:00:00Z");
        await own.PassTimeUntilAsync("2027-03-03T12:00:00Z");
        await Task.WhenAll(arta.SignInAsync(), drita.SignInAsync());
        Assert.Equal("expired", await arta.StateAsync(withheld));
        Assert.Equal("expired", await arta.StateAsync(third));
        Assert.Equal(3, (await arta.PushesAsync()).Length);
        Assert.All(await arta.PushesAsync(), push => Assert.StartsWith("Your request has expired", push, StringComparison.Ordinal));
        Assert.Equal(
            ["Arta Hoxha asks you for money", "Arta Hoxha still waits for your answer"], (await drita.PushesAsync()).Select(push => push.Split(": ")[0]));
    }

    [Fact, Requirement("REQ-14"), Requirement("REQ-20")]
    public async Task Paying_moves_the_money_once_and_ends_the_request()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "500.00"));
        var id = await arta.AskAsync(drita, "120.50", "Bileta");

        var quote = await drita.QuotePaymentAsync(id);
        Assert.Equal("Arta Hoxha", (string)quote.Json["payee"]!);
        Assert.Equal("120.50 ALL", Friend.Amount(quote.Json["total"]));
        Assert.Equal("0.00 ALL", Friend.Amount(quote.Json["fee"]));
        Assert.True((bool)quote.Json["fundsSuffice"]!);
        var paid = await drita.ConfirmAsync($"money-requests/{id}/payment", quote, "key-1");

        Assert.Equal("paid", (string)paid.Json["state"]!);
        Assert.Equal(paid.Text, (await drita.ConfirmAsync($"money-requests/{id}/payment", quote, "key-1")).Text);
        Assert.Equal("409 money_request_not_open", (await drita.ConfirmAsync($"money-requests/{id}/payment", quote)).ToString());
        Assert.Equal("409 money_request_not_open", (await drita.QuotePaymentAsync(id)).ToString());
        Assert.Equal("409 money_request_not_open", (await drita.PostAsync($"money-requests/{id}/refusal")).ToString());
        Assert.Equal("409 money_request_not_open", (await arta.PostAsync($"money-requests/{id}/withdrawal")).ToString());
        Assert.Equal(("379.50 ALL", "120.50 ALL"), (await drita.BalanceAsync(), await arta.BalanceAsync()));
        Assert.Equal("paid", await arta.StateAsync(id));
        Assert.Single(await arta.PushesAsync(), "Drita Kola paid your request: 120.50 ALL arrived on your account.");
        Assert.Equal(0, await drita.CountAsync());
        var entry = (await arta.GetAsync($"accounts/{arta.Account}/entries")).Json["items"]![0]!;
        Assert.Equal("request_payment Bileta", $"{entry["kind"]} {entry["description"]}");
        Assert.Equal(200, (await drita.GetAsync($"transfers/{paid.Json["transferId"]}")).Status);
    }

    [Fact, Requirement("REQ-14")]
    public async Task A_payment_that_cannot_be_made_leaves_the_request_open_for_another()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha", "0.00"), await scene.FriendAsync("Drita Kola", "50.00"));
        var euros = await scene.OpenAccountAsync(drita.Number, "500.00", "EUR");
        var id = await arta.AskAsync(drita, "100.00");

        Assert.Equal("422 not_the_payer", (await arta.QuotePaymentAsync(id)).ToString());
        Assert.Equal("404 account_not_found", (await drita.QuotePaymentAsync(id, arta.Account)).ToString());
        Assert.Equal("422 account_currency_mismatch", (await drita.QuotePaymentAsync(id, euros)).ToString());
        var quote = await drita.QuotePaymentAsync(id);
        Assert.False((bool)quote.Json["fundsSuffice"]!);
        Assert.Equal("422 insufficient_funds", (await drita.ConfirmAsync($"money-requests/{id}/payment", quote, "key-1")).ToString());
        Assert.Equal("open", await drita.StateAsync(id));

        await scene.DepositAsync(drita.Account, "60.00");
        Assert.Equal("paid", (string)(await drita.ConfirmAsync($"money-requests/{id}/payment", quote, "key-1")).Json["state"]!);
        Assert.Equal(("10.00 ALL", "100.00 ALL"), (await drita.BalanceAsync(), await arta.BalanceAsync()));
    }

    [Fact, Requirement("REQ-14")]
    public async Task A_quote_pays_only_its_own_request_and_a_key_only_one_order()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var (first, second) = (await arta.AskAsync(drita, "1.00"), await arta.AskAsync(drita, "2.00"));
        var quote = await drita.QuotePaymentAsync(first);

        Assert.Equal("404 quote_not_found", (await drita.ConfirmAsync($"money-requests/{second}/payment", quote)).ToString());
        Assert.Equal("404 quote_not_found", (await arta.ConfirmAsync($"money-requests/{first}/payment", quote)).ToString());
        Assert.Equal(200, (await drita.ConfirmAsync($"money-requests/{first}/payment", quote, "key-1")).Status);
        Assert.Equal(
            "422 idempotency_key_reused", (await drita.ConfirmAsync($"money-requests/{second}/payment", await drita.QuotePaymentAsync(second), "key-1")).ToString());
        Assert.Equal("open", await drita.StateAsync(second));
    }

    [Fact, Requirement("REQ-15"), Requirement("REQ-20")]
    public async Task Declining_and_withdrawing_are_final_and_told_to_the_other()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var (declined, withdrawn) = (await arta.AskAsync(drita, "1.00"), await arta.AskAsync(drita, "2.00"));

        Assert.Equal("422 not_the_payer", (await arta.PostAsync($"money-requests/{declined}/refusal")).ToString());
        Assert.Equal("422 not_the_requester", (await drita.PostAsync($"money-requests/{withdrawn}/withdrawal")).ToString());
        var answer = await drita.PostAsync($"money-requests/{declined}/refusal");
        Assert.Equal("declined", (string)answer.Json["state"]!);
        Assert.Equal(answer.Text, (await drita.PostAsync($"money-requests/{declined}/refusal")).Text);
        Assert.Equal("withdrawn", (string)(await arta.PostAsync($"money-requests/{withdrawn}/withdrawal")).Json["state"]!);

        Assert.Equal("409 money_request_not_open", (await arta.PostAsync($"money-requests/{declined}/withdrawal")).ToString());
        Assert.Equal("409 money_request_not_open", (await drita.QuotePaymentAsync(withdrawn)).ToString());
        Assert.Equal(["Drita Kola declined your request: The request for 1.00 ALL was declined."], await arta.PushesAsync());
        Assert.Equal("Arta Hoxha withdrew a request: The request for 2.00 ALL was withdrawn. You need not do anything.", (await drita.PushesAsync())[^1]);
        Assert.Equal(0, await drita.CountAsync());
    }

    [Fact, Requirement("REQ-15"), Requirement("REQ-14")]
    public async Task A_strangers_request_is_not_found()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var id = await arta.AskAsync(drita, "1.00");

        Assert.Equal("404 money_request_not_found", (await luan.GetAsync($"money-requests/{id}")).ToString());
        Assert.Equal("404 money_request_not_found", (await luan.QuotePaymentAsync(id)).ToString());
        Assert.Equal("404 money_request_not_found", (await luan.PostAsync($"money-requests/{id}/refusal")).ToString());
        Assert.Equal("404 money_request_not_found", (await luan.PostAsync($"money-requests/{id}/withdrawal")).ToString());
    }

    [Fact, Requirement("REQ-17")]
    public async Task A_past_request_keeps_the_name_of_a_removed_contact()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var contact = await arta.KnowsAsync(drita, "Dritka");
        await arta.AskAsync(drita, "1.00");

        await arta.CallAsync("DELETE", $"network/contacts/{contact}");

        Assert.Equal(["sent Dritka 1.00 ALL open"], await arta.RequestsAsync());
    }

    [Fact, Requirement("REQ-18")]
    public async Task Three_requests_to_the_same_payer_may_be_open_and_six_a_day_be_sent()
    {
        var (arta, drita, luan) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"), await scene.FriendAsync("Luan Prifti"));
        var ids = new List<string>();
        for (var i = 1; i <= 3; i++)
            ids.Add(await arta.AskAsync(drita, $"{i}.00"));
        var contact = await arta.KnowsAsync(drita);

        Assert.Equal("422 open_requests_reached", (await arta.ConfirmAsync("money-requests", await arta.QuoteAsync(contact, "4.00"))).ToString());
        await drita.PostAsync($"money-requests/{ids[0]}/refusal");
        Assert.Equal(201, (await arta.ConfirmAsync("money-requests", await arta.QuoteAsync(contact, "4.00"))).Status);

        await arta.AskAsync(luan, "5.00");
        await arta.AskAsync(luan, "6.00");
        var seventh = await arta.ConfirmAsync("money-requests", await arta.QuoteAsync(await arta.KnowsAsync(luan), "7.00"));
        Assert.Equal("422 daily_requests_reached", seventh.ToString());
        Assert.Equal(6, (int)seventh.Json["most"]!);
    }

    [Fact, Requirement("REQ-16"), Requirement("REQ-20"), Requirement("REQ-18")]
    public async Task An_open_request_is_reminded_once_after_seven_days_and_expires_after_thirty_however_often_the_timer_runs()
    {
        await using var own = new FriendsBank();
        await own.InitializeAsync();
        var (arta, drita) = (await own.FriendAsync("Arta Hoxha"), await own.FriendAsync("Drita Kola"));
        var id = await arta.AskAsync(drita, "100.00");
        await own.SleepUntilAsync("2027-03-08T09:30:00Z");
        Assert.Single(await drita.PushesAsync());

        await own.PassTimeUntilAsync("2027-03-08T10:30:00Z");
        await own.FireAsync("MoneyRequests_AdvanceDue");
        await Task.WhenAll(own.FireAsync("MoneyRequests_AdvanceDue"), own.FireAsync("MoneyRequests_AdvanceDue"));
        Assert.Equal("Arta Hoxha still waits for your answer: The request for 100.00 ALL is open. Pay or decline it.", (await drita.PushesAsync())[^1]);
        Assert.Equal(2, (await drita.PushesAsync()).Length);

        await own.SleepUntilAsync("2027-03-31T09:30:00Z");
        await drita.SignInAsync();
        Assert.Equal("open", await drita.StateAsync(id));
        await own.PassTimeUntilAsync("2027-03-31T10:30:00Z");
        await own.FireAsync("MoneyRequests_AdvanceDue");
        await Task.WhenAll(arta.SignInAsync(), drita.SignInAsync());

        Assert.Equal("expired", await drita.StateAsync(id));
        Assert.Equal("2027-03-31T10:0", ((string)(await arta.GetAsync($"money-requests/{id}")).Json["endedAt"]!)[..15]);
        Assert.Equal(["Your request has expired: The request for 100.00 ALL to Drita Kola expired unanswered."], await arta.PushesAsync());
        Assert.Equal(2, (await drita.PushesAsync()).Length);
        Assert.Equal("409 money_request_not_open", (await drita.QuotePaymentAsync(id)).ToString());
        Assert.Equal(0, await drita.CountAsync());
    }
}

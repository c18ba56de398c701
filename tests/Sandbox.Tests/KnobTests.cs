namespace Serverless.Sandbox.Tests;

public sealed class KnobTests
{
    private const string Subscriber = "/billers/oshee/subscribers/TR0.A0000000000000";
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Latency_holds_the_answer_back_for_exactly_that_long()
    {
        var time = new ManualTime(Noon);
        await using var sandbox = await SandboxHost.StartAsync(time);
        await sandbox.PutAsync("/knobs/oshee", """{"latencyMs":5000}""");

        var call = sandbox.GetAsync(Subscriber);
        await Eventually.Async(() => time.IsAwaited(TimeSpan.FromSeconds(5)));
        time.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(200, (await call).Status);
    }

    [Fact]
    public async Task Errors_come_in_the_asked_share_and_the_same_for_the_same_seed()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var first = await FaresAsync(sandbox, seed: 7);
        var second = await FaresAsync(sandbox, seed: 7);
        var other = await FaresAsync(sandbox, seed: 8);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal([200, 500, 503], first.Distinct().Order());
        Assert.InRange(first.Count(status => status != 200), 60, 140);
    }

    [Fact]
    public async Task One_knob_does_not_shift_the_luck_of_another()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var alone = await FaresAsync(sandbox, seed: 7);
        var together = await FaresAsync(sandbox, seed: 7, more: ",\"pendingRate\":0.5,\"loseAnswerRate\":0.3");

        Assert.Equal(alone, together);
    }

    [Fact]
    public async Task An_error_does_nothing()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"errorRate":1}""");

        var answer = await sandbox.PayAsync("p-1");

        Assert.True(answer.Status is 500 or 503, $"{answer}");
        Assert.Empty(await sandbox.BookedAsync());
    }

    [Fact]
    public async Task A_time_out_never_answers_and_books_nothing()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"timeoutRate":1}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sandbox.Client.PostAsync(
            "/billers/oshee/payments", new StringContent(Bills.Payment("p-1")), patience.Token));

        Assert.Empty(await sandbox.BookedAsync());
    }

    [Fact]
    public async Task A_hanging_call_does_not_keep_the_sandbox_from_stopping()
    {
        var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"timeoutRate":1}""");
        using var client = new HttpClient { BaseAddress = sandbox.Address };
        var hanging = client.GetAsync(Subscriber);

        await sandbox.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task A_lost_answer_has_booked_the_payment_and_the_repeat_does_not_book_again()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"loseAnswerRate":1}""");

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.PayAsync("p-1"));
        Assert.Equal("confirmed", $"{(await sandbox.SettlementAsync("p-1")).Json["status"]}");
        await sandbox.DeleteAsync("/knobs/oshee");

        Assert.Equal("""201 {"paymentId":"p-1","status":"confirmed","reference":"OSHEE-000001","code":null}""", $"{await sandbox.PayAsync("p-1")}");
        Assert.Equal(["p-1 confirmed 2"], await sandbox.BookedAsync());
    }

    [Fact]
    public async Task A_pending_payment_is_settled_when_its_time_has_come_and_the_bank_is_told()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));
        await sandbox.PutAsync("/knobs/oshee", """{"pendingRate":1,"settleAfterMs":600000}""");

        const string pending = """{"paymentId":"p-1","status":"pending","reference":null,"code":null}""";
        Assert.Equal($"202 {pending}", $"{await sandbox.PayAsync("p-1")}");
        Assert.Equal($"202 {pending}", $"{await sandbox.PayAsync("p-1")}");
        Assert.Equal($"200 {pending}", $"{await sandbox.SettlementAsync("p-1")}");
        Assert.Equal(["000000001 1707.40"], await sandbox.UnpaidAsync());

        await sandbox.PostAsync("/clock", """{"advance":"00:10:00"}""");

        var webhook = Assert.Single(await bank.WaitForAsync(1));
        const string confirmed = """{"paymentId":"p-1","status":"confirmed","reference":"OSHEE-000001","code":null}""";
        Assert.Equal(("POST /api/webhooks/oshee", "payment.settled", confirmed), (webhook.Call, $"{webhook.Json["type"]}", webhook.Json["data"]!.ToJsonString()));
        Assert.Equal($"200 {confirmed}", $"{await sandbox.SettlementAsync("p-1")}");
        Assert.Equal($"201 {confirmed}", $"{await sandbox.PayAsync("p-1")}");
        Assert.Empty(await sandbox.UnpaidAsync());
    }

    [Fact]
    public async Task A_pending_payment_settles_itself_without_anybody_moving_the_clock()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"pendingRate":1,"settleAfterMs":50}""");

        await sandbox.PayAsync("p-1");

        await Eventually.Async(() => sandbox.SettlementAsync("p-1"), answer => $"{answer.Json["status"]}" == "confirmed");
    }

    [Theory]
    [InlineData("""{"status":"confirmed"}""", """{"paymentId":"p-1","status":"confirmed","reference":"OSHEE-000001","code":null}""")]
    [InlineData("""{"status":"refused","code":"withdrawn"}""", """{"paymentId":"p-1","status":"refused","reference":null,"code":"withdrawn"}""")]
    public async Task A_pending_payment_is_settled_by_hand_once(string decision, string settlement)
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));
        await sandbox.PutAsync("/knobs/oshee", """{"pendingRate":1,"settleAfterMs":null}""");
        await sandbox.PayAsync("p-1");
        await sandbox.PostAsync("/clock", """{"advance":"10.00:00:00"}""");

        Assert.Equal($"200 {settlement}", $"{await sandbox.PostAsync("/billers/oshee/payments/p-1/settle", decision)}");
        var again = await sandbox.PostAsync("/billers/oshee/payments/p-1/settle", decision);

        Assert.Equal((409, "already_settled"), (again.Status, $"{again.Json["code"]}"));
        Assert.Equal(settlement, Assert.Single(await bank.WaitForAsync(1)).Json["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Of_two_pending_payments_the_first_to_be_confirmed_wins()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"pendingRate":1,"settleAfterMs":null}""");
        await sandbox.PayAsync("p-1");
        await sandbox.PayAsync("p-2");

        Assert.Equal(200, (await sandbox.PostAsync("/billers/oshee/payments/p-2/settle", """{"status":"confirmed"}""")).Status);
        var late = await sandbox.PostAsync("/billers/oshee/payments/p-1/settle", """{"status":"confirmed"}""");

        Assert.Equal((409, "already_paid"), (late.Status, $"{late.Json["code"]}"));
        Assert.Equal(200, (await sandbox.PostAsync("/billers/oshee/payments/p-1/settle", """{"status":"refused","code":"already_paid"}""")).Status);
        Assert.Equal(["p-1 refused 1", "p-2 confirmed 1"], await sandbox.BookedAsync());
    }

    [Fact]
    public async Task An_invoice_withdrawn_meanwhile_refuses_its_pending_payment()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"pendingRate":1,"settleAfterMs":60000}""");
        await sandbox.PayAsync("p-1");
        await sandbox.PostAsync("/billers/oshee/invoices/000000001/withdraw");

        await sandbox.PostAsync("/clock", """{"advance":"00:01:00"}""");

        var settled = await Eventually.Async(() => sandbox.SettlementAsync("p-1"), answer => $"{answer.Json["status"]}" != "pending");
        Assert.Equal("""200 {"paymentId":"p-1","status":"refused","reference":null,"code":"withdrawn"}""", $"{settled}");
    }

    [Theory]
    [InlineData("already_paid")]
    [InlineData("amount_changed")]
    [InlineData("withdrawn")]
    public async Task A_refusal_can_be_asked_for_and_leaves_the_invoice_unpaid(string code)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", $$"""{"refuseWith":"{{code}}"}""");

        Assert.Equal($$"""409 {"paymentId":"p-1","status":"refused","reference":null,"code":"{{code}}"}""", $"{await sandbox.PayAsync("p-1")}");

        Assert.Equal(["000000001 1707.40"], await sandbox.UnpaidAsync());
        await sandbox.DeleteAsync("/knobs/oshee");
        Assert.Equal(409, (await sandbox.PayAsync("p-1")).Status);
        Assert.Equal(201, (await sandbox.PayAsync("p-2")).Status);
    }

    [Fact]
    public async Task Duplicate_answers_send_each_webhook_twice_under_one_id_and_report_what_was_answered_already()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));
        await sandbox.PutAsync("/knobs/oshee", """{"duplicateAnswers":true}""");

        await sandbox.PayAsync("p-1");

        var webhooks = await bank.WaitForAsync(2);
        Assert.Equal(["confirmed", "confirmed"], webhooks.Select(webhook => $"{webhook.Json["data"]!["status"]}"));
        Assert.Single(webhooks.Select(webhook => webhook.Id).Distinct());
        Assert.Single(webhooks.Select(webhook => webhook.Body).Distinct());
    }

    [Fact]
    public async Task Knobs_of_one_party_touch_neither_others_nor_the_desk_and_can_be_taken_back()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/oshee", """{"errorRate":1}""");

        Assert.Equal(200, (await sandbox.GetAsync("/billers/ukt/subscribers/10045678")).Status);
        Assert.Equal(201, (await sandbox.IssueAsync(notify: false)).Status);
        Assert.Equal(200, (await sandbox.DeleteAsync("/knobs/oshee")).Status);
        Assert.Equal(200, (await sandbox.GetAsync(Subscriber)).Status);
    }

    [Fact]
    public async Task A_put_replaces_all_knobs_and_shows_them()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PutAsync("/knobs/sms", """{"latencyMs":10,"errorRate":0.5,"seed":3}""");

        await sandbox.PutAsync("/knobs/sms", """{"refuseWith":"unknown_number","settleAfterMs":null}""");

        Assert.Equal(
            """200 {"latencyMs":0,"errorRate":0,"timeoutRate":0,"loseAnswerRate":0,"pendingRate":0,"settleAfterMs":null,"refuseWith":"unknown_number","duplicateAnswers":false,"seed":0}""",
            $"{await sandbox.GetAsync("/knobs/sms")}");
        Assert.Equal("unknown_number", $"{(await sandbox.GetAsync("/knobs")).Json["sms"]!["refuseWith"]}");
    }

    [Theory]
    [InlineData("oshee", """{"errorRate":1.1}""", "/errorRate")]
    [InlineData("oshee", """{"timeoutRate":-0.1}""", "/timeoutRate")]
    [InlineData("oshee", """{"latencyMs":-1}""", "/latencyMs")]
    [InlineData("oshee", """{"latency":1}""", "/latency")]
    [InlineData("oshee", """{"refuseWith":"because"}""", "/refuseWith")]
    [InlineData("issuer", """{"refuseWith":"withdrawn"}""", "/refuseWith")]
    [InlineData("oshee", """{"seed":"1"}""", "/seed")]
    public async Task A_knob_that_does_not_exist_or_fit_is_named(string party, string knobs, string pointer)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PutAsync($"/knobs/{party}", knobs);

        Assert.Equal((400, pointer), (answer.Status, $"{Assert.Single(answer.Json["errors"]!.AsArray())!["pointer"]}"));
    }

    [Fact]
    public async Task An_unknown_party_is_told_who_there_is()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(
            """404 {"code":"unknown_party","message":"There are oshee, traffic-police, albtelecom, digitalb, ukt, customs, income-tax, social-insurance, property-tax, treasury, push, sms, email, issuer, interbank, ria, pensions, adriatik, iliria, shqiponja, ocr, cards, card-server, scanner, rates, video-kyc, sanctions, peps, credit-registry, qualified-signature, back-office."}""",
            $"{await sandbox.PutAsync("/knobs/nobody", "{}")}");
    }

    private static async Task<int[]> FaresAsync(SandboxHost sandbox, int seed, string more = "")
    {
        var knobs = await sandbox.PutAsync("/knobs/oshee", $$"""{"errorRate":0.5,"seed":{{seed}}{{more}}}""");
        Assert.Equal(200, knobs.Status);
        var statuses = new int[200];
        for (var call = 0; call < statuses.Length; call++)
        {
            statuses[call] = (await sandbox.GetAsync(Subscriber)).Status;
        }

        return statuses;
    }
}

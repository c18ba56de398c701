using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;
using Serverless.Workflows;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Tests.Fx;

/// <summary>Requests for a preferential rate, from the asking to every end (FX-01, FX-10 to FX-19, FX-23, FX-24).</summary>
[Collection(FxBank.Name)]
public sealed class PreferentialTests(FxBank scene)
{
    [Fact, Requirement("FX-10"), Requirement("FX-12"), Requirement("FX-24"), Requirement("FX-01"), ProvesRace("Fx_SubmitRateRequest")]
    public async Task A_request_of_ten_thousand_euros_is_taken_once_and_one_cent_less_is_refused_with_the_minimum()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var (lek, euro, dollar) = (await arta.OpenAccountAsync("3000000.00"), await arta.OpenAccountAsync("0.00", "EUR"), await arta.OpenAccountAsync("50000.00", "USD"));

        var little = await AskAsync(arta, await FxBank.QuoteAsync(arta, "buy", lek, euro, "9999.99", "EUR"));
        Assert.Equal("422 below_exchange_minimum", little.ToString());
        Assert.Equal("10000.00 EUR", Sender.Amount(little.Json["minimum"]));

        // In dollars: midway between buying and selling, EUR is 98.05 and USD 83.20.
        var dollars = await AskAsync(arta, await FxBank.QuoteAsync(arta, "sell", dollar, lek, "11784.85", "USD"));
        Assert.Equal("422 below_exchange_minimum 11784.86 USD", $"{dollars} {Sender.Amount(dollars.Json["minimum"])}");
        Assert.Equal(201, (await AskAsync(arta, await FxBank.QuoteAsync(arta, "sell", dollar, lek, "11784.86", "USD"))).Status);

        var (id, quote) = (Guid.NewGuid(), await FxBank.QuoteAsync(arta, "buy", lek, euro, "10000.00", "EUR", "Shtepi"));
        using var client = scene.Bank.Client(arta.Token);
        var body = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString();
        var taken = await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Put, $"api/v1/fx/rate-requests/{id}", body),
            async () => (await RequestsAsync(arta)).Count(request => (string)request["id"]! == id.ToString()));
        Assert.Equal(
            $"buy submitted 10000.00 EUR ALL 98.90 {lek.Id} {euro.Id} Shtepi",
            $"{taken.Json["kind"]} {taken.Json["status"]} {Sender.Amount(taken.Json["amount"])} {taken.Json["otherCurrency"]} {taken.Json["rateWhenAsked"]} {taken.Json["fromAccountId"]} {taken.Json["toAccountId"]} {taken.Json["details"]}");
        Assert.Equal("decision treasury 2027", $"{taken.Json["awaited"]!["what"]} {taken.Json["awaited"]!["from"]} {((string)taken.Json["awaited"]!["until"]!)[..4]}");
        Assert.Equal("[\"cancel\"]", taken.Json["actions"]!.ToJsonString());

        // No money is held. The same pair in the same direction waits for the first one; the other direction does not. Somebody else's id is nobody's business.
        Assert.Equal("3000000.00", (string)(await arta.GetAsync($"v1/accounts/{lek.Id}")).Json["available"]!["amount"]!);
        var second = await AskAsync(arta, await FxBank.QuoteAsync(arta, "buy", lek, euro, "12000.00", "EUR"));
        Assert.Equal($"409 rate_request_open {id}", $"{second} {second.Json["requestId"]}");
        var besa = await scene.CustomerAsync();
        var (hers, herEuro) = (await besa.OpenAccountAsync("3000000.00"), await besa.OpenAccountAsync("0.00", "EUR"));
        Assert.Equal("409 rate_request_exists", (await AskAsync(besa, await FxBank.QuoteAsync(besa, "buy", hers, herEuro, "10000.00", "EUR"), id)).ToString());
        Assert.Equal("404 rate_request_not_found", (await besa.GetAsync($"v1/fx/rate-requests/{id}")).ToString());
        Assert.Equal("409 rate_request_exists", (await AskAsync(arta, await FxBank.QuoteAsync(arta, "buy", lek, euro, "12000.00", "EUR"), id)).ToString());

        await DecideAsync(id, "98.40");
        var menu = await arta.GetAsync("v1/fx");
        Assert.Equal("""["rates","buy","sell","convert","my_requests"] 2 1""", $"{menu.Json["operations"]!.ToJsonString()} {menu.Json["openRequests"]} {menu.Json["confirmedRequests"]}");
        var mine = await RequestsAsync(arta);
        Assert.Equal(["buy confirmed 98.40 cancel,complete", "sell submitted  cancel"], mine.Select(one =>
            $"{one["kind"]} {one["status"]} {one["confirmedRate"]} {string.Join(',', one["actions"]!.AsArray().Select(action => (string)action!))}"));
    }

    [Fact, Requirement("FX-11"), Requirement("FX-14"), Requirement("FX-16"), Requirement("FX-17"), Requirement("FX-23"), ProvesRace("Fx_DecideRateRequest"), ProvesRace("Fx_CompleteRateRequest")]
    public async Task The_desk_decides_once_and_the_customer_completes_once_at_the_confirmed_rate()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var (lek, euro) = (await arta.OpenAccountAsync("1968500.00"), await arta.OpenAccountAsync("0.00", "EUR"));
        var id = await AskedAsync(arta, "buy", lek, euro, "19000.00");
        Assert.Equal("409 rate_request_not_confirmed", (await arta.GetAsync($"v1/fx/rate-requests/{id}/completion")).ToString());

        // The queue: oldest first, with whom it is for and what it is worth.
        var queue = (await scene.Bank.CallAsync("GET", "backoffice/v1/fx/rate-requests?limit=100", token: await scene.DealerAsync())).Json["items"]!.AsArray();
        var waiting = queue.Single(one => (string)one!["request"]!["id"]! == id.ToString())!;
        Assert.Equal($"{arta.Number} individual 19000.00 EUR 98.90", $"{waiting["customerNumber"]} {waiting["segment"]} {Sender.Amount(waiting["euroEquivalent"])} {waiting["currentRate"]}");
        Assert.Equal(queue.Select(one => (string)one!["request"]!["askedAt"]!).Order(StringComparer.Ordinal), queue.Select(one => (string)one!["request"]!["askedAt"]!));

        Assert.Equal("422 rate_out_of_band", (await DecideAsync(id, "9.84")).ToString());
        Assert.Equal("400 invalid_input\n/rate rate_decision_unclear", (await PutDecisionAsync(id, """{"decision":"confirm"}""")).ToString());
        Assert.Equal("400 invalid_input\n/validUntil valid_until_wrong", (await PutDecisionAsync(id, $$"""{"decision":"confirm","rate":"98.40","validUntil":"{{scene.Now.AddDays(3).UtcDateTime:O}}"}""")).ToString());
        Assert.Equal("404 rate_request_not_found", (await DecideAsync(Guid.NewGuid(), "98.40")).ToString());
        using var dealer = scene.Bank.Client(await scene.DealerAsync());
        var decided = await RaceHarness.SameCallAsync(
            new RaceCall(dealer, HttpMethod.Put, $"api/backoffice/v1/fx/rate-requests/{id}/decision", """{"decision":"confirm","rate":"98.40"}"""),
            async () => (await scene.PushesAsync(arta)).Count(push => push.Contains("98.40", StringComparison.Ordinal)));
        Assert.Equal("confirmed dealer-1", $"{decided.Json["request"]!["status"]} {decided.Json["decidedBy"]}");
        Assert.Equal("409 rate_request_decided", (await PutDecisionAsync(id, """{"decision":"reject","reason":"Volumi"}""", "dealer-2")).ToString());
        var trail = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?resource=rate-request/{id:D}", token: await scene.Bank.TokenAsync(new() { ["staff"] = "auditor", ["roles"] = "auditor" }));
        Assert.Equal(["dealer-1 rate_request_confirmed"], trail.Json["items"]!.AsArray().Select(one => $"{one!["actor"]} {one["action"]}"));

        var details = (await arta.GetAsync($"v1/fx/rate-requests/{id}/completion")).Json;
        Assert.Equal($"{lek.Id} {euro.Id} 19000.00 EUR 98.40", $"{details["fromAccountId"]} {details["toAccountId"]} {Sender.Amount(details["amount"])} {details["confirmedRate"]}");
        Assert.Equal("17100.00 EUR 20900.00 EUR", $"{Sender.Amount(details["lowest"])} {Sender.Amount(details["highest"])}");

        // Too little money for more: the request stays confirmed, for this amount and others.
        Assert.Equal("422 insufficient_funds", (await QuoteCompletionAsync(arta, id, "20900.00")).ToString());
        var (quote, spare) = (await QuoteCompletionAsync(arta, id), await QuoteCompletionAsync(arta, id, "20000.00"));
        Assert.Equal("-1869600.00 ALL +19000.00 EUR at 98.40", FxBank.Sides(quote));
        var bought = await FxBank.ConfirmAsync(arta, await FxBank.QuoteAsync(arta, "buy", lek, euro, "10.00", "EUR"));
        Assert.Equal(201, bought.Status);
        Assert.Equal("422 insufficient_funds", (await CompleteAsync(arta, id, spare)).ToString());
        Assert.Equal("confirmed", await StatusAsync(arta, id));

        using var client = scene.Bank.Client(arta.Token);
        var call = RaceCall.Post(client, $"api/v1/fx/rate-requests/{id}/completion", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString());
        var done = await RaceHarness.SameKeyAsync(call, async () => (await arta.EntriesAsync(euro)).Count(entry => entry.Contains("preferential", StringComparison.Ordinal)));
        Assert.Equal("completed 19000.00 EUR -1869600.00 ALL", $"{done.Json["status"]} {Sender.Amount(done.Json["exchange"]!["credit"])} -{Sender.Amount(done.Json["exchange"]!["debit"])}");
        Assert.Equal("submitted confirmed completed", string.Join(' ', done.Json["timeline"]!.AsArray().Select(step => (string)step!["status"]!)));
        Assert.Equal(done.Text, (await CompleteAsync(arta, id, spare)).Text);
        Assert.Equal("19010.00 EUR", await arta.BalanceAsync(euro));
        Assert.Equal("409 rate_request_final", (await CancelAsync(arta, id)).ToString());
        Assert.Equal("409 rate_request_not_confirmed", (await arta.GetAsync($"v1/fx/rate-requests/{id}/completion")).ToString());
        await scene.ProveAsync();

        // The workflow has seen its end, and its history knows ids only.
        var ended = await scene.Bank.Host.WaitForOrchestrationAsync(StartRateRequest.InstanceId(id));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(id.ToString(), ended.SerializedInput!.Trim('"'));
        Assert.DoesNotContain(arta.Number, $"{ended.SerializedInput}{ended.SerializedOutput}", StringComparison.Ordinal);
        await scene.Bank.Host.FireTimerAsync("Fx_SweepRateRequests");
        Assert.Equal("completed", await StatusAsync(arta, id));
    }

    /// <summary>Values of the samples, to the cent.</summary>
    [Theory, Requirement("FX-15")]
    [InlineData("individual", "20000.00", "18000.00", "17999.99", "22000.00", "22000.01")]
    [InlineData("business", "20000.00", "16000.00", "15999.99", "24000.00", "24000.01")]
    [InlineData("individual", "10500.00", "10000.00", "9999.99", "11550.00", "11550.01")]
    [InlineData("business", "12000.00", "10000.00", "9999.99", "14400.00", "14400.01")]
    public async Task The_amount_may_change_within_limits_and_not_below_the_floor(string segment, string asked, string lowest, string below, string highest, string above)
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var registered = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/customers/{arta.Number}", $$"""{"name":"Arta Hoxha","language":"en","pushToken":"push-{{arta.Number}}","segment":"{{segment}}"}""", await scene.TellerAsync());
        Assert.Equal(200, registered.Status);
        var (lek, euro) = (await arta.OpenAccountAsync("0.00"), await arta.OpenAccountAsync("30000.00", "EUR"));
        var id = await AskedAsync(arta, "sell", euro, lek, asked);
        Assert.Equal(200, (await DecideAsync(id, "97.90")).Status);

        foreach (var (amount, expected) in new[] { (below, 422), (lowest, 200), (highest, 200), (above, 422) })
        {
            var quote = await QuoteCompletionAsync(arta, id, amount);
            Assert.True(quote.Status == expected, $"{amount}: {quote}");
            if (expected == 422)
                Assert.Equal($"exchange_amount_out_of_limits {lowest} {highest}", $"{quote.Code} {quote.Json["lowest"]!["amount"]} {quote.Json["highest"]!["amount"]}");
        }

        var done = await CompleteAsync(arta, id, await QuoteCompletionAsync(arta, id, lowest));
        Assert.Equal(201, done.Status);
        Assert.Equal(
            Money(decimal.Parse(lowest, System.Globalization.CultureInfo.InvariantCulture) * 97.90m), await arta.BalanceAsync(lek));

        static string Money(decimal lek) => FormattableString.Invariant($"{lek:0.00} ALL");
    }

    /// <summary>In dollars the floor is what 10,000 EUR were worth at the asking, wherever the market has gone since.</summary>
    [Fact, Requirement("FX-15"), Requirement("FX-19")]
    public async Task A_request_at_the_minimum_does_not_fail_because_the_market_moved()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var (lek, dollar) = (await arta.OpenAccountAsync("0.00"), await arta.OpenAccountAsync("20000.00", "USD"));
        var asked = await AskAsync(arta, await FxBank.QuoteAsync(arta, "sell", dollar, lek, "11784.86", "USD"));
        Assert.True(asked.Status == 201, asked.ToString());
        var id = (Guid)asked.Json["id"]!;
        Assert.Equal(200, (await DecideAsync(id, "82.50")).Status);

        // The dollar falls: the amount is far below 10,000 EUR now.
        await scene.PublishAsync(FxBank.Usual.Replace("82.10", "70.10", StringComparison.Ordinal).Replace("84.30", "72.30", StringComparison.Ordinal));
        Assert.Equal("422 below_exchange_minimum", (await AskAsync(arta, await FxBank.QuoteAsync(arta, "convert", dollar, await arta.OpenAccountAsync("0.00", "EUR"), "9999.99", "EUR"))).ToString());
        var below = await QuoteCompletionAsync(arta, id, "11784.85", "USD");
        Assert.Equal("422 exchange_amount_out_of_limits 11784.86 USD", $"{below} {Sender.Amount(below.Json["lowest"])}");
        var done = await CompleteAsync(arta, id, await QuoteCompletionAsync(arta, id, "11784.86", "USD"));
        Assert.Equal("201 completed", $"{done.Status} {done.Json["status"]}");
        Assert.Equal("972250.95 ALL 8215.14 USD", $"{await arta.BalanceAsync(lek)} {await arta.BalanceAsync(dollar)}");
    }

    [Fact, Requirement("FX-13"), Requirement("FX-17"), Requirement("FX-11"), ProvesRace("Fx_CancelRateRequest")]
    public async Task A_request_is_cancelled_at_any_time_with_the_same_answer_twice_and_a_rejected_one_says_why()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var (lek, euro) = (await arta.OpenAccountAsync("3000000.00"), await arta.OpenAccountAsync("20000.00", "EUR"));
        var undecided = await AskedAsync(arta, "buy", lek, euro, "10000.00");
        using var client = scene.Bank.Client(arta.Token);
        var cancelled = await RaceHarness.SameCallAsync(
            RaceCall.Post(client, $"api/v1/fx/rate-requests/{undecided}/cancellation"), async () => (await RequestsAsync(arta)).Count(one => (string)one["status"]! == "cancelled"));
        Assert.Equal(cancelled.Text, (await CancelAsync(arta, undecided)).Text);
        Assert.Equal("409 rate_request_decided", (await DecideAsync(undecided, "98.40")).ToString());

        // Confirmed, with a completion prepared: cancelled all the same, and then too late to complete. A new one may be asked for.
        var confirmed = await AskedAsync(arta, "buy", lek, euro, "10000.00");
        await DecideAsync(confirmed, "98.40");
        var quote = await QuoteCompletionAsync(arta, confirmed);
        Assert.Equal(200, (await CancelAsync(arta, confirmed)).Status);
        Assert.Equal("409 rate_request_not_confirmed", (await CompleteAsync(arta, confirmed, quote)).ToString());
        Assert.Equal("20000.00 EUR", await arta.BalanceAsync(euro));

        var rejected = await AskedAsync(arta, "buy", lek, euro, "10000.00");
        Assert.Equal("400 invalid_input\n/reason rate_decision_unclear", (await PutDecisionAsync(rejected, """{"decision":"reject"}""")).ToString());
        Assert.Equal(200, (await PutDecisionAsync(rejected, """{"decision":"reject","reason":"Volumi i tregut"}""")).Status);
        var found = (await arta.GetAsync($"v1/fx/rate-requests/{rejected}")).Json;
        Assert.Equal("rejected Volumi i tregut []", $"{found["status"]} {found["reason"]} {found["actions"]!.ToJsonString()}");
        Assert.Equal("409 rate_request_final", (await CancelAsync(arta, rejected)).ToString());
        Assert.Contains(await scene.PushesAsync(arta), push => push.Contains("not granted", StringComparison.Ordinal));
        Assert.Equal("404 rate_request_not_found", (await CancelAsync(await scene.CustomerAsync(), rejected)).ToString());
    }

    /// <summary>Completing, cancelling and deciding at the same moment: one end, and the books agree with it.</summary>
    [Fact, Requirement("FX-16"), Requirement("FX-23")]
    public async Task Of_completing_and_cancelling_at_once_one_happens_and_of_two_dealers_one()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync();
        var (lek, euro) = (await arta.OpenAccountAsync("0.00"), await arta.OpenAccountAsync("100000.00", "EUR"));
        using var client = scene.Bank.Client(arta.Token);
        var completions = 0;
        for (var round = 0; round < 3; round++)
        {
            var id = await AskedAsync(arta, "sell", euro, lek, "10000.00");
            using var one = scene.Bank.Client(await scene.DealerAsync());
            using var other = scene.Bank.Client(await scene.DealerAsync("dealer-2"));
            await RaceHarness.OneShotAsync(
                [
                    new RaceCall(one, HttpMethod.Put, $"api/backoffice/v1/fx/rate-requests/{id}/decision", """{"decision":"confirm","rate":"97.90"}"""),
                    new RaceCall(other, HttpMethod.Put, $"api/backoffice/v1/fx/rate-requests/{id}/decision", """{"decision":"confirm","rate":"97.80"}"""),
                ],
                () => Task.FromResult(1), "409 rate_request_decided");
            var body = new JsonObject { ["quoteId"] = (string)(await QuoteCompletionAsync(arta, id)).Json["quoteId"]! }.ToJsonString();
            var complete = RaceCall.Post(client, $"api/v1/fx/rate-requests/{id}/completion", body);
            var cancel = RaceCall.Post(client, $"api/v1/fx/rate-requests/{id}/cancellation");
            var answers = await RaceHarness.AtOnceAsync([(complete, "a"), (cancel, null), (complete, "b"), (cancel, null)]);
            var status = await StatusAsync(arta, id);
            completions += status == "completed" ? 1 : 0;
            Assert.True(status is "completed" or "cancelled", string.Join('\n', answers.Select(answer => answer.ToString())));
            Assert.All(answers.Where(answer => answer.IsSuccess), answer => Assert.Equal(status, (string?)answer.Json["status"]));
            Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.True(
                answer.ToString() is "409 rate_request_final" or "409 rate_request_not_confirmed" or "409 rate_request_busy" or "409 account_busy", answer.ToString()));
            Assert.Equal($"{100000 - (10000 * completions)}.00 EUR", await arta.BalanceAsync(euro));
        }

        await scene.ProveAsync();
    }

    [Fact, Requirement("FX-18"), Requirement("FX-11"), Requirement("FX-17"), Requirement("FX-22")]
    public async Task Reminders_come_before_the_end_and_rates_and_undecided_requests_expire()
    {
        await scene.OpenAsync();
        var arta = await scene.CustomerAsync("Arta Hoxha");
        var (lek, euro) = (await arta.OpenAccountAsync("3000000.00"), await arta.OpenAccountAsync("50000.00", "EUR"));
        var (undecided, confirmed) = (await AskedAsync(arta, "buy", lek, euro, "10000.00"), await AskedAsync(arta, "sell", euro, lek, "10000.00"));
        var other = await scene.CustomerAsync();
        var early = await AskedAsync(other, "sell", await other.OpenAccountAsync("20000.00", "EUR"), await other.OpenAccountAsync("0.00"), "10000.00");
        var until = (DateTimeOffset)(await DecideAsync(confirmed, "97.90")).Json["request"]!["validUntil"]!;
        Assert.InRange(until - scene.Now, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
        var quote = await QuoteCompletionAsync(arta, confirmed);

        // Events before anything has happened, twice, and out of order only wake.
        for (var i = 0; i < 2; i++)
            await scene.Bank.Host.Workflows.RaiseEventAsync(StartRateRequest.InstanceId(early), Course.Changed, true);
        await scene.Bank.Host.WhenIdleAsync();
        Assert.Equal("submitted", await StatusAsync(other, early));

        var mails = (await scene.MailsAsync()).Count(mail => mail.Contains(undecided.ToString(), StringComparison.Ordinal));
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(21));
        Assert.Contains(await scene.PushesAsync(arta), push => push.Contains("holds until", StringComparison.Ordinal));
        Assert.Equal(0, mails);
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(10));
        arta = await scene.SignInAsync(arta.Number);
        Assert.Single(await scene.MailsAsync(), mail => mail.Contains(undecided.ToString(), StringComparison.Ordinal));
        Assert.Equal("409 rate_expired", (await CompleteAsync(arta, confirmed, quote)).ToString());
        Assert.Equal("409 rate_expired", (await arta.GetAsync($"v1/fx/rate-requests/{confirmed}/completion")).ToString());
        Assert.Equal("409 rate_request_final", (await CancelAsync(arta, confirmed)).ToString());
        await scene.Bank.WhenIdleAsync();
        var ended = (await arta.GetAsync($"v1/fx/rate-requests/{confirmed}")).Json;
        Assert.Equal("submitted confirmed expired", string.Join(' ', ended["timeline"]!.AsArray().Select(step => (string)step!["status"]!)));

        // The desk may hold a rate to the end of the business day and not a second longer; the undecided request expires then.
        var midnight = new DateTimeOffset(scene.Now.UtcDateTime.Date.AddHours(23), TimeSpan.Zero);
        var late = await AskedAsync(arta, "sell", euro, lek, "10000.00");
        Assert.Equal(400, (await PutDecisionAsync(late, $$"""{"decision":"confirm","rate":"97.90","validUntil":"{{midnight.AddSeconds(1).UtcDateTime:O}}"}""")).Status);
        Assert.Equal(200, (await PutDecisionAsync(late, $$"""{"decision":"confirm","rate":"97.90","validUntil":"{{midnight.UtcDateTime:O}}"}""")).Status);
        await scene.Bank.AdvanceAsync(midnight - scene.Now - TimeSpan.FromMinutes(2), asleep: true);
        arta = await scene.SignInAsync(arta.Number);
        var asking = await FxBank.QuoteAsync(arta, "buy", lek, euro, "11000.00", "EUR");
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(3), asleep: true);
        Assert.Equal("422 rates_stale", (await AskAsync(arta, asking)).ToString());
        await Eventually.IsTrueAsync(async () => await scene.Bank.Host.Workflows.GetInstanceAsync(StartRateRequest.InstanceId(undecided)) is { IsCompleted: true });
        Assert.Equal("expired expired", $"{await StatusAsync(arta, undecided)} {await StatusAsync(arta, late)}");
        Assert.Equal("409 rate_request_decided", (await DecideAsync(undecided, "98.40")).ToString());
        await Eventually.IsTrueAsync(async () => (await scene.PushesAsync(arta)).Count(push => push.Contains("has expired", StringComparison.Ordinal)) == 3);
        Assert.Equal("50000.00 EUR", await arta.BalanceAsync(euro));

        // The night has no board yet. At eleven the treasury is there again.
        Assert.Equal("422 rates_stale", (await FxBank.QuoteAsync(arta, "buy", lek, euro, "10000.00", "EUR")).ToString());
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(11), asleep: true);
    }

    private static Task<Answer> AskAsync(Sender customer, Answer quote, Guid? id = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return customer.CallAsync("PUT", $"v1/fx/rate-requests/{id ?? Guid.NewGuid()}", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString());
    }

    private static async Task<Guid> AskedAsync(Sender customer, string operation, OpenedAccount from, OpenedAccount to, string amount)
    {
        var asked = await AskAsync(customer, await FxBank.QuoteAsync(customer, operation, from, to, amount, "EUR"));
        Assert.True(asked.Status == 201, asked.ToString());
        return (Guid)asked.Json["id"]!;
    }

    private Task<Answer> DecideAsync(Guid id, string rate) => PutDecisionAsync(id, $$"""{"decision":"confirm","rate":"{{rate}}"}""");

    private async Task<Answer> PutDecisionAsync(Guid id, string json, string dealer = "dealer-1") =>
        await scene.Bank.CallAsync("PUT", $"backoffice/v1/fx/rate-requests/{id}/decision", json, await scene.DealerAsync(dealer));

    private static Task<Answer> QuoteCompletionAsync(Sender customer, Guid id, string? amount = null, string currency = "EUR") => customer.PostAsync(
        $"v1/fx/rate-requests/{id}/completion/quotes", amount is null ? new JsonObject() : new JsonObject { ["amount"] = Sender.Money(amount, currency) });

    private static Task<Answer> CompleteAsync(Sender customer, Guid id, Answer quote, string? key = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return customer.PostAsync($"v1/fx/rate-requests/{id}/completion", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }, key);
    }

    private static Task<Answer> CancelAsync(Sender customer, Guid id) => customer.CallAsync("POST", $"v1/fx/rate-requests/{id}/cancellation");

    private static async Task<string> StatusAsync(Sender customer, Guid id) => (string)(await customer.GetAsync($"v1/fx/rate-requests/{id}")).Json["status"]!;

    private static async Task<JsonNode[]> RequestsAsync(Sender customer) => [.. (await customer.GetAsync("v1/fx/rate-requests?limit=100")).Json["items"]!.AsArray().Select(one => one!)];
}

using System.Text.Json.Nodes;
using NodaTime;
using Serverless.Banking;
using Serverless.Functions.Tests.Applications;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PensionFunds;

[Collection(ApplicationsBank.Name)]
public sealed class PensionFundTests(ApplicationsBank scene)
{
    private LocalDate Today => LocalDate.FromDateTime(TimeZoneInfo.ConvertTime(scene.Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Tirane")).DateTime);

    [Fact, Requirement("PROD-05"), Requirement("LDP-11"), Requirement("LDP-12"), Requirement("LDP-13"), Requirement("LDP-14"), Requirement("LDP-15"), Requirement("LDP-29"), Requirement("LDP-30")]
    [ProvesRace("PensionFunds_Start"), ProvesRace("PensionFunds_Edit"), ProvesRace("PensionFunds_SavePayment"), ProvesRace("PensionFunds_ConfirmOpening")]
    public async Task The_menu_leads_to_a_fund_that_is_applied_for_paid_once_from_euros_and_passed_on_once()
    {
        var arta = await FundSaver.ComeAsync(scene);
        var (lek, euro) = (await arta.Sender.OpenAccountAsync("1500.00"), await arta.Sender.OpenAccountAsync("100.00", "EUR"));

        // Products, the pension menu, the plans, one plan in full.
        var entry = (await arta.Sender.GetAsync("v1/products")).Json["items"]!.AsArray().Single(item => (string)item!["code"]! == "pension_fund")!;
        Assert.Equal("true ", $"{entry["isAvailable"]} {entry["why"]}");
        var menu = (await FollowAsync(arta, entry)).Json;
        Assert.Equal("false open_fund my_funds add_funds", $"{menu["hasFunds"]} {string.Join(' ', menu["items"]!.AsArray().Select(item => item!["code"]))}");
        var plans = (await FollowAsync(arta, menu["items"]![0]!)).Json;
        Assert.Equal(
            "raja-balanced Raja Pension,raja-secure Raja Pension,vera-growth Vera Funds,vera-classic Vera Funds",
            string.Join(',', plans["items"]!.AsArray().Select(plan => $"{plan!["code"]} {plan["company"]}")));
        Assert.Equal("1000.00 ALL 16 65 3", $"{Sender.Amount(plans["minimumContribution"])} {plans["minimumAge"]} {plans["retirementAge"]} {plans["information"]!.AsArray().Count}");
        var plan = (await arta.Sender.GetAsync("v1/pension-plans/raja-balanced")).Json;
        Assert.Equal("2026-01 2026-01 3", $"{plan["terms"]!["version"]} {plan["contract"]!["version"]} {plan["details"]!.AsArray().Count}");
        Assert.Equal("404 pension_plan_not_found", (await arta.Sender.GetAsync("v1/pension-plans/nothing")).ToString());

        // The application's data.
        const string Applications = "v1/pension-funds/applications";
        Assert.Equal("422 terms_not_accepted", (await arta.Sender.PostAsync(Applications, Start(null, "raja-balanced"))).ToString());
        Assert.Equal("422 plan_not_available", (await arta.Sender.PostAsync(Applications, Start("2026-01", "vera-classic"))).ToString());
        var stranger = await scene.CustomerAsync("Besa Kola");
        Assert.Equal("422 age_not_eligible", (await stranger.PostAsync(Applications, Start("2026-01", "raja-balanced"))).ToString());
        var pensioner = await scene.CustomerAsync("Drita Leka", personalNumber: "F01010199K");
        Assert.Equal("422 age_not_eligible", (await pensioner.PostAsync(Applications, Start("2026-01", "raja-balanced"))).ToString());
        var started = await RaceHarness.SameKeyAsync(RaceCall.Post(arta.Client, $"api/{Applications}", FundSaver.Start), CountAsync, callers: 4);
        var id = Guid.Parse((string)started.Json["application"]!["id"]!);
        var path = $"/applications/{id}";
        Assert.Equal($"draft Arta Hoxha {arta.Applicant.Person}", $"{started.Json["application"]!["status"]} {started.Json["applicant"]!["name"]} {started.Json["applicant"]!["personalNumber"]}");
        var sibling = await FundSaver.ComeAsync(scene);
        Assert.Equal("404 private_fund_not_found", (await sibling.PutAsync(path, Edit("raja-secure"))).ToString());
        Assert.Equal("422 plan_not_available", (await arta.PutAsync(path, Edit("nothing"))).ToString());
        await ApplicationsBank.RaceAsync(
            new RaceCall(arta.Client, HttpMethod.Put, $"api/v1/pension-funds{path}", Edit("raja-secure")), async () => (string?)(await arta.GetAsync(path)).Json["plan"] == "raja-secure" ? 1 : 0);
        Assert.Equal("404 private_fund_not_found", (await sibling.GetAsync(path)).ToString());

        // The payment.
        Assert.Equal("409 fund_payment_missing", (await arta.QuoteAsync(path)).ToString());
        Assert.Equal("422 below_minimum", (await arta.PutAsync($"{path}/payment", FundSaver.OneTime(lek, "999.99"))).ToString());
        Assert.Equal("422 insufficient_funds", (await arta.PutAsync($"{path}/payment", FundSaver.OneTime(lek, "1500.01"))).ToString());
        Assert.Equal(
            "400 invalid_input\n/frequencyMonths frequency_not_allowed\n/endDate end_before_start",
            (await arta.PutAsync($"{path}/payment", FundSaver.Periodic(lek, "1000.00", Today.PlusDays(9), months: 2, until: Today.PlusDays(8)))).ToString());
        Assert.Equal(
            "400 invalid_input\n/amount/currency not_in_plan_currency",
            (await arta.PutAsync($"{path}/payment", FundSaver.OneTime(euro, "1000.00").Replace("\"ALL\"", "\"EUR\"", StringComparison.Ordinal))).ToString());
        await ApplicationsBank.RaceAsync(
            new RaceCall(arta.Client, HttpMethod.Put, $"api/v1/pension-funds{path}/payment", FundSaver.OneTime(euro, "5000.00")),
            async () => (await arta.GetAsync(path)).Json["payment"]!["paymentMode"]!.ToString() == "one_time" ? 1 : 0);

        // The summary converts at the current rate; the contract is accepted, the confirmation strong and good once.
        var quote = await arta.QuoteAsync(path);
        Assert.Equal(
            "5000.00 ALL 51.45 EUR 97.20 true pension_fund_opening",
            $"{Sender.Amount(quote.Json["cost"]!["amount"])} {Sender.Amount(quote.Json["cost"]!["debit"])} {quote.Json["cost"]!["exchangeRate"]} {quote.Json["confirmation"]!["required"]} {quote.Json["confirmation"]!["facts"]!["operation"]}");
        Assert.Equal("422 contract_not_accepted", (await arta.ConfirmAsync($"{path}/submission", quote)).ToString());
        var unsigned = await scene.Bank.Host.Client.SendAsync(Unsigned(arta, $"api/v1/pension-funds{path}/submission", (string)quote.Json["quoteId"]!));
        Assert.Contains("confirmation_required", await unsigned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var confirmed = await RaceHarness.SameKeyAsync(
            RaceCall.Post(arta.Client, $"api/v1/pension-funds{path}/submission", $$"""{"quoteId":"{{quote.Json["quoteId"]}}","acceptedContract":"2026-01"}"""),
            async () => (await arta.Sender.EntriesAsync(euro)).Length - 1, callers: 4);
        Assert.Equal("submitted", (string?)confirmed.Json["status"]);
        Assert.Equal("48.55 EUR", await arta.Sender.BalanceAsync(euro));
        Assert.Equal("409 fund_application_not_draft", (await arta.PutAsync(path, Edit("raja-balanced"))).ToString());
        Assert.Equal("409 fund_application_not_draft", (await arta.ConfirmAsync($"{path}/submission", quote, ""","acceptedContract":"2026-01" """)).ToString());
        await scene.Bank.WhenIdleAsync();
        var passed = await arta.AtCompanyAsync(id);
        Assert.Equal(
            $"1 raja-secure {arta.Applicant.Person} 5000.00 ALL",
            $"{passed["timesSent"]} {passed["application"]!["planId"]} {passed["application"]!["holder"]!["personalNumber"]} {Sender.Amount(passed["application"]!["contribution"]!["amount"])}");
        Assert.Equal(["Pension fund: application sent"], await arta.TitlesAsync());

        // So many may wait, and no more.
        for (var i = 0; i < 3; i++)
            await arta.StartAsync();

        // A quote lives five minutes, also for whoever has the key of nothing.
        var late = await arta.StartAsync();
        Assert.Equal("422 too_many_fund_applications", (await arta.Sender.PostAsync(Applications, Start("2026-01", "raja-balanced"))).ToString());
        await arta.PutAsync($"/applications/{late}/payment", FundSaver.OneTime(lek, "1000.00"));
        var old = await arta.QuoteAsync($"/applications/{late}");
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(5.1), asleep: true);
        Assert.Equal("409 quote_expired", (await arta.ConfirmAsync($"/applications/{late}/submission", old, ""","acceptedContract":"2026-01" """)).ToString());

        async Task<int> CountAsync() => (await arta.GetAsync("/applications")).Json["items"]!.AsArray().Count;
    }

    [Fact, Requirement("LDP-16"), Requirement("LDP-17"), Requirement("LDP-18"), Requirement("LDP-19"), Requirement("LDP-20"), Requirement("LDP-29"), Requirement("LDP-30")]
    [ProvesRace("PensionFunds_ConfirmContribution"), ProvesRace("PensionFunds_ConfirmSettings"), ProvesRace("PensionFunds_ConfirmClosing")]
    public async Task What_the_company_tells_is_seen_once_and_a_fund_is_added_to_set_and_its_authorisation_closed()
    {
        var arta = await FundSaver.ComeAsync(scene);
        var lek = await arta.Sender.OpenAccountAsync("20000.00");
        var id = await arta.ApplyAsync(FundSaver.OneTime(lek, "2000.00"));
        Assert.Equal("409 fund_not_active", (await arta.GetAsync($"/{id}")).ToString());
        Assert.Equal("409 fund_not_active", (await arta.QuoteAsync($"/{id}/contributions", Contribution(lek, "1000.00"))).ToString());

        // Unknown, not signed as agreed, not understood; an event of a draft is one of nobody.
        var draft = await arta.StartAsync();
        Assert.Equal("404 private_fund_not_found", (await arta.ToldAsync("application.contacted", Of(Guid.NewGuid()))).ToString());
        Assert.Equal("404 private_fund_not_found", (await arta.ToldAsync("application.contacted", Of(draft))).ToString());
        Assert.Equal("401 webhook_not_trusted", (await arta.ToldAsync("application.contacted", Of(id), secret: ApplicationsBank.CardsSecret)).ToString());
        Assert.Equal("400 invalid_input\n/data/contractNumber webhook_not_understood", (await arta.ToldAsync("application.signed", Of(id))).ToString());

        // The value comes before the contract, an older price after a newer one, the contact after the signature, and everything twice.
        await arta.ToldAsync("fund.valued", Of(id, ("value", Sender.Money("2050.00")), ("personalQuotas", "2.0000"), ("professionalQuotas", "0.5000"), ("asOf", "2027-03-02T10:00:00Z")));
        await arta.ToldAsync("fund.priced", Of(id, ("quotaPrice", "1025.5000"), ("asOf", "2027-03-02T10:00:00Z")));
        await arta.ToldAsync("fund.priced", Of(id, ("quotaPrice", "999.0000"), ("asOf", "2027-03-01T10:00:00Z")));
        await arta.StepAsync(id, "sign");
        for (var i = 0; i < 2; i++)
            Assert.InRange((await arta.ToldAsync("application.contacted", Of(id), "msg_same")).Status, 200, 204);
        await scene.EndedAsync(id, arta.Applicant);
        Assert.Equal("draft submitted active", await arta.TimelineAsync(id));

        var fund = (await arta.GetAsync()).Json["items"]!.AsArray().Single()!;
        var contract = (string)fund["contractNumber"]!;
        Assert.Equal(
            $"voluntary_private_pension Raja Pension 2050.00 ALL raja-balanced manual {Today:uuuu-MM-dd} Pensioni im 2.0000 0.5000 1025.5000",
            $"{fund["contractType"]} {fund["company"]} {Sender.Amount(fund["fundValue"])} {fund["plan"]} {fund["paymentType"]} {fund["openedOn"]} {fund["description"]} {fund["personalQuota"]} {fund["professionalQuota"]} {fund["quotaPrice"]}");
        Assert.Equal("true", (await arta.GetAsync("/menu")).Json["hasFunds"]!.ToString());
        Assert.Equal(["opening booked 2000.00 ALL 2.0000"], await arta.ContributionsAsync(id));
        Assert.Contains("Your pension fund is open", await arta.TitlesAsync());

        // Add funds.
        Assert.Equal("422 below_minimum", (await arta.QuoteAsync($"/{id}/contributions", Contribution(lek, "999.99"))).ToString());
        Assert.Equal("422 insufficient_funds", (await arta.QuoteAsync($"/{id}/contributions", Contribution(lek, "18000.01"))).ToString());
        Assert.StartsWith("400 invalid_input\n/amount", (await arta.QuoteAsync($"/{id}/contributions", Contribution(lek, "-1.00"))).ToString(), StringComparison.Ordinal);
        var quote = await arta.QuoteAsync($"/{id}/contributions", Contribution(lek, "3000.00"));
        Assert.Equal($"Arta Hoxha, Raja Pension {contract}", $"{quote.Json["beneficiary"]} {quote.Json["contractNumber"]}");
        var paid = await RaceHarness.SameKeyAsync(
            RaceCall.Post(arta.Client, $"api/v1/pension-funds/{id}/contributions", $$"""{"quoteId":"{{quote.Json["quoteId"]}}","emailDetails":true}"""),
            async () => (await arta.Sender.EntriesAsync(lek)).Length - 2, callers: 4);
        Assert.Equal("settled pension", $"{paid.Json["state"]} {paid.Json["kind"]}");
        await scene.WhenToldAsync("pensions");
        Assert.Equal(["3000.00 ALL"], await arta.TakenAsync(contract));
        Assert.Equal(["manual booked 3000.00 ALL 3.0000", "opening booked 2000.00 ALL 2.0000"], await arta.ContributionsAsync(id));
        var details = (await arta.GetAsync($"/{id}")).Json;
        Assert.Equal($"{contract} 5000.00 ALL manual", $"{details["fund"]!["contractNumber"]} {Sender.Amount(details["totalInvestment"])} {details["settings"]!["paymentMode"]}");
        Assert.Equal(["Pension contribution of 3000.00 ALL"], await arta.TitlesAsync("email"));

        // The contract that was accepted stands among the approvals, the fund in the summary.
        var approval = (await arta.Sender.GetAsync("v1/approvals?status=approved")).Json["items"]!.AsArray().Single()!;
        Assert.Contains("Raja Pension", approval.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("pension_fund available 2050.00 ALL", (await arta.Sender.GetAsync("v1/finances/summary")).Json["sections"]!.AsArray()
            .Where(section => (string)section!["name"]! == "pension_fund").Select(section => $"{section!["name"]} {section["state"]} {Sender.Amount(section["items"]![0]!["amount"])}").Single());

        // Settings, with a summary before they are saved.
        Assert.Equal("409 not_periodic", (await arta.QuoteAsync($"/{id}/authorisation-closings")).ToString());
        Assert.Equal("400 invalid_input\n/amount fund_payment_unclear", (await arta.QuoteAsync(
            $"/{id}/payment-settings", FundSaver.Periodic(lek, "1000.00", Today, mode: "automatic").Replace("\"amount\":{\"amount\":\"1000.00\",\"currency\":\"ALL\"},", "", StringComparison.Ordinal))).ToString());
        var other = await arta.Sender.OpenAccountAsync("0.00");
        var wanted = await arta.QuoteAsync($"/{id}/payment-settings", FundSaver.Periodic(other, "1500.00", Today.PlusDays(5), months: 3, until: Today.PlusMonths(9), mode: "automatic"));
        Assert.Equal($"1500.00 ALL {Today.PlusDays(5):uuuu-MM-dd}", $"{Sender.Amount(wanted.Json["cost"]!["amount"])} {wanted.Json["nextDate"]}");
        Assert.Equal("manual", (string?)(await arta.GetAsync($"/{id}")).Json["settings"]!["paymentMode"]);
        var settings = await RaceHarness.SameKeyAsync(
            RaceCall.Post(arta.Client, $"api/v1/pension-funds/{id}/payment-settings", $$"""{"quoteId":"{{wanted.Json["quoteId"]}}","emailNotice":true}"""), SavedAsync, callers: 4);
        Assert.Equal("automatic active 3 true", $"{settings.Json["paymentMode"]} {settings.Json["authorisationStatus"]} {settings.Json["frequencyMonths"]} {settings.Json["emailNotice"]}");
        Assert.Equal("automatic", (string?)(await arta.GetAsync()).Json["items"]![0]!["paymentType"]);

        // As long as contributions are taken from it the account stays open.
        var closingAccount = await scene.Bank.CallAsync(
            "POST", $"backoffice/v1/accounts/{other.Id}/status-changes", """{"status":"closed","reason":"Mbyllje"}""", await scene.TellerAsync(), TransferBank.WithKey());
        Assert.Equal("422 account_funds_pensions 1", $"{closingAccount} {closingAccount.Json["funds"]}");

        // The authorisation is closed; the fund stays open and takes what is paid by hand.
        var closing = await arta.QuoteAsync($"/{id}/authorisation-closings");
        var closed = await RaceHarness.SameKeyAsync(
            RaceCall.Post(arta.Client, $"api/v1/pension-funds/{id}/authorisation-closings", $$"""{"quoteId":"{{closing.Json["quoteId"]}}"}"""),
            async () => (string?)(await arta.GetAsync($"/{id}")).Json["settings"]!["authorisationStatus"] == "closed" ? 1 : 0, callers: 4);
        Assert.Equal("manual  true", $"{closed.Json["paymentMode"]} {closed.Json["nextDate"]} {closed.Json["emailNotice"]}");
        Assert.Equal("409 not_periodic", (await arta.QuoteAsync($"/{id}/authorisation-closings")).ToString());
        Assert.Equal(200, (await arta.QuoteAsync($"/{id}/contributions", Contribution(lek, "1000.00"))).Status);
        await scene.ProveAsync();

        async Task<int> SavedAsync() => (string?)(await arta.GetAsync($"/{id}")).Json["settings"]!["authorisationStatus"] == "active" ? 1 : 0;
    }

    [Fact, Requirement("LDP-15"), Requirement("LDP-16")]
    public async Task A_silent_company_is_a_case_for_the_back_office_after_48_hours_and_what_came_to_nothing_is_paid_back()
    {
        var (arta, besa, drita) = (await FundSaver.ComeAsync(scene), await FundSaver.ComeAsync(scene), await FundSaver.ComeAsync(scene));
        var accounts = new Dictionary<FundSaver, OpenedAccount>();
        var funds = new Dictionary<FundSaver, Guid>();
        foreach (var saver in new[] { arta, besa, drita })
        {
            accounts[saver] = await saver.Sender.OpenAccountAsync("5000.00");
            funds[saver] = await saver.ApplyAsync(FundSaver.OneTime(accounts[saver], "2000.00"));
        }

        await besa.StepAsync(funds[besa], "contact");
        Assert.Empty(await CasesAsync(arta, besa, drita));
        await SleepAsync(TimeSpan.FromHours(48.1));
        Assert.Equal([funds[arta], funds[drita]], await CasesAsync(arta, besa, drita));
        Assert.Contains(await MailsAsync(), mail => mail.Contains(funds[arta].ToString(), StringComparison.Ordinal));

        // One was contacted after all, and of another the staff want nothing more.
        Assert.Equal(200, (await DecideAsync(funds[drita], """{"decision":"contacted"}""")).Status);
        Assert.Equal(200, (await DecideAsync(funds[arta], """{"decision":"cancel","reason":"Klienti nuk përgjigjet"}""")).Status);
        await scene.Bank.WhenIdleAsync();
        await SignInAsync(arta, besa, drita);
        Assert.Empty(await CasesAsync(arta, besa, drita));
        Assert.Equal("draft submitted cancelled", await arta.TimelineAsync(funds[arta]));
        var ended = (await arta.GetAsync($"/applications/{funds[arta]}")).Json;
        Assert.Equal("cancelled_by_bank true 5000.00 ALL", $"{ended["endedBy"]} {ended["isRefunded"]} {await arta.Sender.BalanceAsync(accounts[arta])}");
        Assert.Equal(
            ["2000.00 ALL pension_contribution_reversal", "-2000.00 ALL pension_contribution", "5000.00 ALL cash_deposit"], await arta.Sender.EntriesAsync(accounts[arta]));
        Assert.Equal("cancelled", (string?)(await arta.AtCompanyAsync(funds[arta]))["status"]);
        Assert.Contains("Pension contribution returned", await arta.TitlesAsync());

        // The company ends one; nobody signs the other, who is reminded before.
        await besa.StepAsync(funds[besa], "cancel");
        Assert.Equal("draft submitted contacted cancelled 5000.00 ALL", $"{await besa.TimelineAsync(funds[besa])} {await besa.Sender.BalanceAsync(accounts[besa])}");
        await SleepAsync(TimeSpan.FromDays(24));
        Assert.Single(await drita.TitlesAsync(), title => title == "Pension fund: your application waits");
        await SleepAsync(TimeSpan.FromDays(5));
        await SignInAsync(arta, besa, drita);
        var unsigned = (await drita.GetAsync($"/applications/{funds[drita]}")).Json;
        Assert.Equal("cancelled not_signed_in_time 5000.00 ALL", $"{unsigned["status"]} {unsigned["endedBy"]} {await drita.Sender.BalanceAsync(accounts[drita])}");
        await scene.ProveAsync();
    }

    [Fact, Requirement("LDP-21"), Requirement("LDP-28")]
    public async Task Contributions_are_collected_once_for_each_date_tried_again_on_working_days_skipped_without_debt_and_then_suspended()
    {
        var arta = await FundSaver.ComeAsync(scene);
        var lek = await arta.Sender.OpenAccountAsync("1500.00");

        // A 31st that a shorter month follows.
        var on = Today;
        while (on.Day != 31 || on.PlusMonths(1).Day == 31)
            on = on.PlusDays(1);
        var id = await arta.OpenAsync(FundSaver.Periodic(lek, "1000.00", on));
        Assert.Equal("1500.00 ALL", await arta.Sender.BalanceAsync(lek));
        await CollectAsync();
        await SleepUntilAsync(on);
        await SignInAsync(arta);
        await Task.WhenAll(scene.Bank.Host.FireTimerAsync("PensionFunds_CollectDue"), scene.Bank.Host.FireTimerAsync("PensionFunds_CollectDue"));
        await CollectAsync();
        Assert.Equal("500.00 ALL", await arta.Sender.BalanceAsync(lek));
        await scene.WhenToldAsync("pensions");
        Assert.Equal(["automatic booked 1000.00 ALL 1.0000"], await arta.ContributionsAsync(id));
        Assert.Single(await arta.TitlesAsync(), "Pension contribution of 1000.00 ALL");
        Assert.Equal($"active {on.PlusMonths(1):uuuu-MM-dd} 0 collected", await StandsAsync());

        // Three dates without money: each is tried on its day and on three working days after it.
        for (var skipped = 1; skipped <= 3; skipped++)
        {
            await SleepUntilAsync(on.PlusMonths(skipped));
            for (var attempt = 0; attempt < 4; attempt++)
            {
                await CollectAsync();
                await SleepAsync(TimeSpan.FromDays(attempt == 3 ? 0 : 6));
            }

            await SignInAsync(arta);
            Assert.Equal(
                skipped < 3 ? $"active {on.PlusMonths(skipped + 1):uuuu-MM-dd} {skipped} skipped" : "suspended  3 skipped", await StandsAsync());
        }

        var titles = await arta.TitlesAsync();
        Assert.Equal("9 3 1", $"{titles.Count(title => title == "Pension contribution not made yet")} {titles.Count(title => title == "Pension contribution skipped")} {titles.Count(title => title == "Automatic contributions suspended")}");
        Assert.Equal("500.00 ALL", await arta.Sender.BalanceAsync(lek));

        // Saved anew it begins again, from euros at the rate of the day, with an e-mail for each and until its end; a day that the bank missed is made up for.
        var rich = await arta.Sender.OpenAccountAsync("100.00", "EUR");
        var saved = await arta.ConfirmAsync(
            $"/{id}/payment-settings", await arta.QuoteAsync($"/{id}/payment-settings", FundSaver.Periodic(rich, "2000.00", Today.PlusDays(1), until: Today.PlusDays(20), mode: "automatic")),
            ""","emailNotice":true""");
        Assert.Equal("200 0", $"{saved.Status} {saved.Json["skipped"]}");
        await SleepAsync(TimeSpan.FromDays(3));
        await CollectAsync();
        await SignInAsync(arta);
        Assert.Equal("finished  0 collected 79.42 EUR", $"{await StandsAsync()} {await arta.Sender.BalanceAsync(rich)}");
        Assert.Equal(["Pension contribution of 20.58 EUR"], await arta.TitlesAsync("email"));
        await scene.ProveAsync();

        async Task<string> StandsAsync()
        {
            var settings = (await arta.GetAsync($"/{id}")).Json["settings"]!;
            return $"{settings["authorisationStatus"]} {settings["nextDate"]} {settings["skipped"]} {settings["lastResult"]?["outcome"]}";
        }
    }

    private static JsonObject Start(string? terms, string plan) => new() { ["planId"] = plan, ["description"] = "Pensioni im", ["acceptedTerms"] = terms };

    private static string Edit(string plan) => new JsonObject { ["planId"] = plan, ["description"] = "Pensioni im" }.ToJsonString();

    private static string Contribution(OpenedAccount from, string amount) =>
        $$$"""{"fromAccountId":"{{{from.Id}}}","amount":{"amount":"{{{amount}}}","currency":"ALL"}}""";

    private static JsonObject Of(Guid id, params (string Name, JsonNode Value)[] more)
    {
        var data = new JsonObject { ["applicationId"] = id.ToString("N") };
        foreach (var (name, value) in more)
            data[name] = value;
        return data;
    }

    private static Task<Answer> FollowAsync(FundSaver saver, JsonNode entry) => saver.Sender.GetAsync(((string)entry["operations"]![0]!)["/api/".Length..]);

    private static HttpRequestMessage Unsigned(FundSaver saver, string path, string quote) => new(HttpMethod.Post, path)
    {
        Content = HttpBank.Json($$"""{"quoteId":"{{quote}}","acceptedContract":"2026-01"}"""),
        Headers = { { "Authorization", $"Bearer {saver.Sender.Token}" }, { "Idempotency-Key", Guid.NewGuid().ToString() } },
    };

    private async Task<Guid[]> CasesAsync(params FundSaver[] savers)
    {
        var mine = savers.Select(saver => saver.Sender.Number).ToList();
        var cases = (await DeskAsync("GET", "cases")).Json["items"]!.AsArray().Select(item => Guid.Parse((string)item!["id"]!)).ToList();
        var found = new List<Guid>();
        foreach (var id in cases)
        {
            var file = (await DeskAsync("GET", $"cases/{id}")).Json;
            if (mine.Any(number => file.ToJsonString().Contains(number, StringComparison.Ordinal)))
                found.Add(id);
        }

        return [.. found];
    }

    private Task<Answer> DecideAsync(Guid id, string decision) => DeskAsync("POST", $"cases/{id}/decisions", decision);

    private async Task<Answer> DeskAsync(string method, string path, string? json = null) => await scene.Bank.CallAsync(
        method, $"backoffice/v1/desk/queues/pensions/{path}", json, await scene.Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "contact_centre" }),
        method == "POST" ? TransferBank.WithKey() : null);

    private async Task<string[]> MailsAsync()
    {
        await scene.Bank.WhenIdleAsync();
        var inbox = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync("inbox/messages?channel=email"))!;
        return [.. inbox["messages"]!.AsArray().Where(mail => (string)mail!["to"]! == "pensionet@example.com").Select(mail => (string)mail!["text"]!)];
    }

    private async Task CollectAsync()
    {
        await scene.Bank.Host.FireTimerAsync("PensionFunds_CollectDue");
        await scene.Bank.WhenIdleAsync();
    }

    private async Task SleepUntilAsync(LocalDate day)
    {
        var at = BankTime.Tirane.AtLeniently(day.At(new LocalTime(7, 0))).ToInstant().ToDateTimeOffset();
        await SleepAsync(at - scene.Now);
    }

    private async Task SleepAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
            await scene.Bank.AdvanceAsync(time, asleep: true);
        await scene.Bank.WhenIdleAsync();
    }

    private static async Task SignInAsync(params FundSaver[] savers)
    {
        foreach (var saver in savers)
            await saver.Applicant.SignInAsync();
    }
}

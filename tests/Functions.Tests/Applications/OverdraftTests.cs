using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Applications;

/// <summary>Overdrafts, from the question who may apply to the limit on the account (PROD-22 to PROD-31, PROD-33 to PROD-35).</summary>
[Collection(ApplicationsBank.Name)]
public sealed class OverdraftTests(ApplicationsBank scene)
{
    /// <summary>80,000 ALL net, three years in the job, nothing owed: 500 + 100 + 250 points.</summary>
    private const string Good = """{"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2024-01-15","obligations":[]}""";

    /// <summary>Half of the income goes into a loan that is some days late: with the limit's own share between the thresholds.</summary>
    private const string Doubtful = """
        {"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2024-01-15","obligations":[{"lender":"Banka tjeter","kind":"loan",
        "outstanding":{"amount":"900000.00","currency":"ALL"},"monthlyInstalment":{"amount":"24000.00","currency":"ALL"},"daysPastDue":10}]}
        """;

    private const string Bad = """
        {"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2026-08-01","obligations":[{"lender":"Banka tjeter","kind":"loan",
        "outstanding":{"amount":"900000.00","currency":"ALL"},"monthlyInstalment":{"amount":"50000.00","currency":"ALL"},"daysPastDue":120}]}
        """;

    [Fact, Requirement("PROD-22"), Requirement("PROD-23"), Requirement("PROD-24"), Requirement("PROD-25"), Requirement("PROD-26"), Requirement("PROD-27")]
    [Requirement("PROD-28"), Requirement("PROD-29"), Requirement("PROD-30"), Requirement("PROD-35")]
    [ProvesRace("Overdrafts_Start"), ProvesRace("Overdrafts_SavePersonalData"), ProvesRace("Overdrafts_SaveWork"), ProvesRace("Overdrafts_Submit")]
    public async Task Who_has_a_salary_at_the_bank_applies_and_a_good_score_sets_the_limit_on_the_account_once()
    {
        var arta = await scene.ApplicantAsync(Good);
        var account = await arta.Sender.OpenAccountAsync("0.00");
        await scene.PaySalaryAsync(account, "95000.00", purpose: "GIFT");
        Assert.Equal("false individual:true salary_at_bank:false months_in_job:", await EligibilityAsync(arta));
        Assert.Equal("422 no_salary_at_bank", (await arta.Sender.GetAsync("v1/overdrafts/limits")).ToString());

        // The same message twice is one salary.
        await scene.PaySalaryAsync(account, "80000.00", message: $"SAL{arta.Sender.Number}");
        await scene.PaySalaryAsync(account, "80000.00", message: $"SAL{arta.Sender.Number}");
        Assert.Equal("true individual:true salary_at_bank:true months_in_job:", await EligibilityAsync(arta));
        Assert.Equal("false individual:true salary_at_bank:true months_in_job:false", await EligibilityAsync(arta, "?monthsInJob=5"));
        Assert.Equal("true individual:true salary_at_bank:true months_in_job:true", await EligibilityAsync(arta, "?monthsInJob=6"));

        var about = (await arta.Sender.GetAsync("v1/overdrafts/information")).Json;
        Assert.Equal("12.50 6 300000.00 ALL,3000.00 EUR,3000.00 USD 2026-01", $"{about["interestPercent"]} {about["minimumMonthsInJob"]} {Amounts(about["maximums"])} {about["terms"]!["version"]}");
        var limits = (await arta.Sender.GetAsync("v1/overdrafts/limits")).Json;
        Assert.Equal(
            $"{account.Id} 80000.00 ALL 40000.00 ALL,80000.00 ALL,120000.00 ALL,160000.00 ALL,200000.00 ALL,240000.00 ALL 240000.00 ALL",
            $"{limits["accountId"]} {Sender.Amount(limits["netSalary"])} {Amounts(limits["suggested"])} {Sender.Amount(limits["highest"])}");

        var (id, other) = (Guid.NewGuid(), Guid.NewGuid());
        var path = $"v1/overdraft-applications/{id}";
        Assert.Equal("422 limit_not_suggested", (await arta.Sender.CallAsync("PUT", path, Limit("240001.00"))).ToString());
        using var client = scene.Bank.Client(arta.Sender.Token);
        await ApplicationsBank.RaceAsync(new RaceCall(client, HttpMethod.Put, $"api/{path}", Limit("120000.00")), async () => (await ListAsync(arta)).Count);
        Assert.Equal(200, (await arta.Sender.CallAsync("PUT", path, Limit("240000.00"))).Status);
        var second = await arta.Sender.CallAsync("PUT", $"v1/overdraft-applications/{other}", Limit("120000.00"));
        Assert.Equal($"409 application_open {id}", $"{second} {second.Json["applicationId"]}");

        // Each list is what the form accepts, and nothing else is.
        var values = (await arta.Sender.GetAsync("v1/applications/form-values")).Json;
        Assert.Equal("owner none tirana 1101", string.Join(' ', First("residenceStatuses"), First("titles"), First("cities"), First("branches")));
        Assert.Contains("AL", Codes("countries"));
        Assert.All(new[] { ("maritalStatuses", "married"), ("educationLevels", "master"), ("sectors", "education"), ("professions", "teacher") }, one => Assert.Contains(one.Item2, Codes(one.Item1)));
        Assert.Equal(
            "400 invalid_input\n/residenceStatus value_not_listed\n/maritalStatus value_not_listed",
            (await arta.Sender.CallAsync("PUT", $"{path}/personal-data", """{"residenceStatus":"castle","maritalStatus":"king","familyMembers":0}""")).ToString());
        await ApplicationsBank.RaceAsync(new RaceCall(client, HttpMethod.Put, $"api/{path}/personal-data", Applicant.Personal), async () => await FilledAsync(arta, id, "personalData"));

        Assert.Equal("422 application_incomplete work", Missing(await arta.Sender.CallAsync("POST", $"{path}/submission", Applicant.Consents)));
        Assert.Equal("422 job_too_recent", (await arta.Sender.CallAsync("PUT", $"{path}/work", Applicant.Work.Replace(":24", ":5", StringComparison.Ordinal))).ToString());
        Assert.Equal(
            "400 invalid_input\n/monthsAtWork total_below_current_job", (await arta.Sender.CallAsync("PUT", $"{path}/work", Applicant.Work.Replace(":60", ":23", StringComparison.Ordinal))).ToString());
        await ApplicationsBank.RaceAsync(new RaceCall(client, HttpMethod.Put, $"api/{path}/work", Applicant.Work), async () => await FilledAsync(arta, id, "work"));

        Assert.Equal("422 application_terms_not_accepted", (await arta.Sender.CallAsync("POST", $"{path}/submission", """{"acceptedTerms":"2019-01","allowsCreditRegistry":true}""")).ToString());
        Assert.Equal("422 registry_consent_missing", (await arta.Sender.CallAsync("POST", $"{path}/submission", """{"acceptedTerms":"2026-01"}""")).ToString());
        Assert.Equal("draft overdraft complete -", await arta.StandsAsync(id));
        var submitted = await ApplicationsBank.RaceAsync(RaceCall.Post(client, $"api/{path}/submission", Applicant.Consents), async () =>
            (await ListAsync(arta)).Count(one => one["submittedAt"] is not null));
        Assert.Equal("submitted", (string)submitted.Json["status"]!);
        await scene.Bank.WhenIdleAsync();

        Assert.Equal("active overdraft none 240000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("draft submitted approved active", await arta.TimelineAsync(id));
        Assert.Equal("240000.00 ALL", await arta.OverdraftOfAsync(account));
        Assert.Equal(submitted.Text, (await arta.Sender.CallAsync("POST", $"{path}/submission", Applicant.Consents)).Text);
        Assert.Equal("409 application_not_draft", (await arta.Sender.CallAsync("PUT", path, Limit("120000.00"))).ToString());
        Assert.Equal("409 application_final", (await arta.Sender.CallAsync("POST", $"v1/applications/{id}/withdrawal")).ToString());

        // Delivered side by side, in whatever order.
        Assert.Equal(
            ["We have received your application for: overdraft. We will tell you how it goes on.", "You can use your account down to 240000.00 ALL below zero.",
                "Your application for: overdraft was approved with a limit of 240000.00 ALL."], (await AboutAsync(arta)).Order(StringComparer.Ordinal));

        // Somebody else's is nobody's; the id is taken.
        var besa = await scene.ApplicantAsync();
        Assert.Equal("404 application_not_found", (await besa.Sender.GetAsync($"v1/applications/{id}")).ToString());
        await scene.PaySalaryAsync(await besa.Sender.OpenAccountAsync("0.00"), "80000.00");
        Assert.Equal("409 application_exists", (await besa.Sender.CallAsync("PUT", path, Limit("120000.00"))).ToString());
        await scene.EndedAsync(id, arta);
        await scene.Bank.Host.FireTimerAsync("Applications_Sweep");
        await scene.ProveAsync();

        string First(string list) => Codes(list)[0];
        string[] Codes(string list) => [.. values[list]!.AsArray().Select(value => (string)value!["code"]!)];
    }

    /// <summary>Three salaries, and never more than the currency's maximum.</summary>
    [Fact, Requirement("PROD-24"), Requirement("PROD-22")]
    public async Task The_most_there_is_online_goes_by_the_currency_of_the_salary_account()
    {
        var arta = await scene.ApplicantAsync();
        await scene.PaySalaryAsync(await arta.Sender.OpenAccountAsync("0.00", "EUR"), "1255.00");
        Assert.Equal("620.00 EUR,1250.00 EUR,1880.00 EUR,2510.00 EUR,3000.00 EUR", Amounts((await arta.Sender.GetAsync("v1/overdrafts/limits")).Json["suggested"]));

        var firm = await scene.ApplicantAsync();
        await scene.PaySalaryAsync(await firm.Sender.OpenAccountAsync("0.00"), "80000.00");
        var registered = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/customers/{firm.Sender.Number}", """{"name":"Fabrika","language":"en","segment":"business"}""", await scene.TellerAsync());
        Assert.Equal(200, registered.Status);
        Assert.Equal("false individual:false salary_at_bank:true months_in_job:", await EligibilityAsync(firm));
        Assert.Equal("422 not_an_individual", (await firm.Sender.CallAsync("PUT", $"v1/overdraft-applications/{Guid.NewGuid()}", Limit("120000.00"))).ToString());
    }

    [Fact, Requirement("PROD-13"), Requirement("PROD-14"), Requirement("PROD-27"), Requirement("PROD-28"), Requirement("PROD-30"), Requirement("PROD-33"), Requirement("PROD-34")]
    [ProvesRace("Applications_ProposeDecision"), ProvesRace("Applications_DecideProposal"), ProvesRace("Applications_Withdraw")]
    public async Task What_the_score_leaves_open_two_people_decide_and_less_than_asked_for_the_customer_approves()
    {
        var arta = await scene.ApplicantAsync(Doubtful);
        var (id, account) = await arta.SubmitOverdraftAsync("80000.00", "240000.00");
        Assert.Equal("in_review overdraft none -", await arta.StandsAsync(id));
        Assert.Equal("decision cards_desk", What(await arta.FindAsync(id)));

        var queue = (await scene.DeskAsync("GET", "?limit=100")).Json["items"]!.AsArray();
        var waiting = queue.Single(one => (string)one!["application"]!["id"]! == id.ToString())!;
        Assert.Equal($"{arta.Sender.Number} review 80000.00 ALL 24000.00 ALL 10 past_due", Assessed(waiting));

        // Above the requested limit, in another currency, nothing: refused. Of two proposals at once there is one.
        Assert.Equal("422 decided_limit_wrong", (await scene.ProposeAsync(id, "240000.01")).ToString());
        Assert.Equal("422 decided_limit_wrong", (await scene.ProposeAsync(id, "100.00", "EUR")).ToString());
        Assert.Equal("400 invalid_input\n/limit/amount amount_not_positive", (await scene.ProposeAsync(id, "0.00")).ToString());
        Assert.Equal("404 application_not_found", (await scene.ProposeAsync(Guid.NewGuid(), "100.00")).ToString());
        using var first = scene.Bank.Client(await scene.OfficerAsync());
        var proposal = await RaceHarness.SameKeyAsync(
            RaceCall.Post(first, $"api/backoffice/v1/applications/{id}/decision-proposals", """{"reason":"Te ardhura","limit":{"amount":"120000.00","currency":"ALL"}}"""),
            async () => await ChangesAsync(id));
        var changeId = (string)proposal.Json["id"]!;
        Assert.Equal($"409 decision_proposed {changeId}", await ProposedAsync(await scene.ProposeAsync(id, "240000.00", officer: "cards-3")));
        var decision = $"/{id}/decision-proposals/{changeId}/decision";
        Assert.Equal("403 four_eyes_required", (await scene.DeskAsync("PUT", decision, """{"decision":"approve"}""")).ToString());
        using var client = scene.Bank.Client(await scene.OfficerAsync("cards-2"));
        await ApplicationsBank.RaceAsync(
            new RaceCall(client, HttpMethod.Put, $"api/backoffice/v1/applications{decision}", """{"decision":"approve"}"""),
            async () => (await arta.PushesAsync()).Count(push => push.Contains("offers a limit of 120000.00 ALL", StringComparison.Ordinal)));
        Assert.Equal("409 application_decided", (await scene.ProposeAsync(id, "240000.00")).ToString());
        Assert.Equal("409 change_already_decided", (await scene.DeskAsync("PUT", decision, """{"decision":"reject"}""", "cards-2")).ToString());

        // Without the customer's yes it does not go on.
        Assert.Equal("lower_limit_offered overdraft approve_limit 120000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("0.00 ALL", await arta.OverdraftOfAsync(account));
        await arta.AnswerLimitAsync("approve");
        Assert.Equal("active overdraft none 120000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("draft submitted in_review lower_limit_offered approved active", await arta.TimelineAsync(id));
        Assert.Equal("120000.00 ALL", await arta.OverdraftOfAsync(account));

        // The customer's no ends it; a rejected proposal makes room for another, here a refusal of the bank.
        var besa = await scene.ApplicantAsync(Doubtful);
        var (hers, _) = await besa.SubmitOverdraftAsync("80000.00", "240000.00");
        await scene.DecideAsync(hers, "1.00");
        await besa.AnswerLimitAsync("reject");
        Assert.Equal("withdrawn overdraft none 1.00 ALL limit_rejected", $"{await besa.StandsAsync(hers)} {(await besa.FindAsync(hers))["endedBy"]}");
        var (again, _) = await besa.SubmitOverdraftAsync("80000.00", "240000.00");
        var doubted = await scene.ProposeAsync(again, "240000.00");
        var rejected = await scene.DeskAsync("PUT", $"/{again}/decision-proposals/{doubted.Json["id"]}/decision", """{"decision":"reject","reason":"Shume"}""", "cards-2");
        Assert.Equal("rejected", (string?)rejected.Json["state"]);
        await scene.DecideAsync(again, null);
        Assert.Equal("declined overdraft none -", await besa.StandsAsync(again));
        Assert.Equal("Te ardhura", (string?)(await scene.DeskAsync("GET", $"/{again}")).Json["reason"]);

        // Taken back while it is with the desk; an application of the worst score does not get there.
        var (third, _) = await besa.SubmitOverdraftAsync("80000.00", "240000.00");
        var open = await scene.ProposeAsync(third, "240000.00");
        using var hersToo = scene.Bank.Client(besa.Sender.Token);
        await ApplicationsBank.RaceAsync(
            RaceCall.Post(hersToo, $"api/v1/applications/{third}/withdrawal"), async () => (await besa.TimelineAsync(third)).Split(' ').Count(state => state == "withdrawn"));
        var late = await scene.DeskAsync("PUT", $"/{third}/decision-proposals/{open.Json["id"]}/decision", """{"decision":"approve"}""", "cards-2");
        Assert.Equal("failed application_decided", $"{late.Json["state"]} {late.Json["failure"]}");
        var drita = await scene.ApplicantAsync(Bad);
        var (declined, _) = await drita.SubmitOverdraftAsync("80000.00", "240000.00");
        Assert.Equal("declined overdraft none - draft submitted declined", $"{await drita.StandsAsync(declined)} {await drita.TimelineAsync(declined)}");
        Assert.DoesNotContain((await scene.DeskAsync("GET", "?limit=100")).Json["items"]!.AsArray(), one => (string)one!["customerNumber"]! == besa.Sender.Number);
        await scene.EndedAsync(third, besa);
        await scene.ProveAsync();
    }

    private static string What(JsonNode application) => $"{application["awaited"]!["what"]} {application["awaited"]!["from"]}";

    private static string Assessed(JsonNode one) => one["assessment"] is { } it
        ? $"{one["customerNumber"]} {it["verdict"]} {Sender.Amount(it["income"])} {Sender.Amount(it["instalments"])} {it["daysPastDue"]} {string.Join(',', it["remarks"]!.AsArray().Select(remark => (string)remark!))}"
        : $"{one["customerNumber"]}";

    private static Task<string> ProposedAsync(Answer answer) => Task.FromResult($"{answer} {answer.Json["proposalId"]}");

    private async Task<int> ChangesAsync(Guid application) => (await scene.Bank.CallAsync(
        "GET", "backoffice/v1/changes?limit=100", token: await scene.Bank.TokenAsync(new() { ["staff"] = "officer-9", ["roles"] = "ledger" }))).Json["items"]!.AsArray()
        .Count(change => (string)change!["resource"]! == $"application/{application}");

    private static string Limit(string amount) => $$$"""{"limit":{"amount":"{{{amount}}}","currency":"ALL"}}""";

    private static string Amounts(JsonNode? amounts) => string.Join(',', amounts!.AsArray().Select(Sender.Amount));

    private static string Missing(Answer answer) => $"{answer} {string.Join(',', answer.Json["missing"]!.AsArray().Select(part => (string)part!))}";

    private static async Task<string> EligibilityAsync(Applicant applicant, string query = "")
    {
        var answer = (await applicant.Sender.GetAsync($"v1/overdrafts/eligibility{query}")).Json;
        return $"{answer["mayApply"]!.ToJsonString()} {string.Join(' ', answer["conditions"]!.AsArray().Select(one => $"{one!["code"]}:{one["isMet"]?.ToJsonString()}"))}";
    }

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(Applicant applicant) =>
        [.. (await applicant.Sender.GetAsync("v1/applications")).Json["items"]!.AsArray().Select(one => one!)];

    private static async Task<int> FilledAsync(Applicant applicant, Guid id, string part) => (await applicant.FindAsync(id))[part] is null ? 0 : 1;

    private static async Task<string[]> AboutAsync(Applicant applicant) =>
        [.. (await applicant.PushesAsync()).Where(push => push.Contains("application", StringComparison.Ordinal) || push.Contains("below zero", StringComparison.Ordinal))];
}

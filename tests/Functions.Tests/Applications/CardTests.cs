using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Applications;

/// <summary>Credit cards, from the menu to the card in the customer's hand (PROD-01, PROD-07 to PROD-21, PROD-28 to PROD-33).</summary>
[Collection(ApplicationsBank.Name)]
public sealed partial class CardTests(ApplicationsBank scene)
{
    private const string Good = """{"monthlyIncome":{"amount":"150000.00","currency":"ALL"},"employedSince":"2020-01-15","obligations":[]}""";

    private const string Doubtful = """
        {"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2024-01-15","obligations":[{"lender":"Banka tjeter","kind":"loan",
        "outstanding":{"amount":"900000.00","currency":"ALL"},"monthlyInstalment":{"amount":"30000.00","currency":"ALL"},"daysPastDue":10}]}
        """;

    private const string Settings = """{"limit":{"amount":"200000.00","currency":"ALL"},"statementPeriod":"end_of_month","automaticPaymentShare":25,"internetPurchasesShare":50}""";

    private const string Personal = """{"email":"arta@example.com","branch":"1101","residenceStatus":"owner","maritalStatus":"married","familyMembers":3}""";

    private const string Work = """
        {"education":"master","title":"none","sector":"education","profession":"teacher","monthsInJob":24,"country":"AL","city":"tirana","address":"Rruga e Elbasanit 1"}
        """;

    [Fact, Requirement("PROD-01"), Requirement("PROD-02"), Requirement("PROD-07"), Requirement("PROD-08"), Requirement("PROD-09"), Requirement("PROD-10"), Requirement("PROD-11")]
    [Requirement("PROD-12"), Requirement("PROD-28"), Requirement("PROD-29")]
    [ProvesRace("CardApplications_Start"), ProvesRace("CardApplications_SaveSettings"), ProvesRace("CardApplications_SavePersonalData"), ProvesRace("CardApplications_SaveWork")]
    [ProvesRace("CardApplications_Submit")]
    public async Task A_card_is_applied_for_step_by_step_and_what_was_submitted_does_not_change()
    {
        var nobody = await scene.CustomerAsync("Besa Kola");
        Assert.Equal(
            ["open_account", "open_deposit", "insurance", "pension_fund", "smart_pay", "instalments",
                "credit_card", "overdraft no_salary_at_bank", "my_applications"],
            (await nobody.GetAsync("v1/products")).Json["items"]!.AsArray().Select(one => $"{one!["code"]} {one["why"]}".Trim()));

        // Each address of what is offered is there.
        foreach (var one in (await nobody.GetAsync("v1/products")).Json["items"]!.AsArray().Where(one => (bool)one!["isAvailable"]!))
        {
            var first = (string)one!["operations"]![0]!;
            Assert.Equal(200, (await nobody.GetAsync(first["/api/".Length..])).Status);
        }

        var id = Guid.NewGuid();
        var unmet = await nobody.CallAsync("PUT", $"v1/card-applications/{id}", """{"cardType":"classic"}""");
        Assert.Equal("422 card_conditions_not_met [\"identity_document\",\"adult\"]", $"{unmet} {unmet.Json["unmet"]!.ToJsonString()}");

        var types = (await nobody.GetAsync("v1/card-types")).Json;
        Assert.Equal(
            "classic 20000.00 ALL 300000.00 ALL 24.00 1500.00 ALL,gold 100000.00 ALL 1000000.00 ALL 21.00 5000.00 ALL 2026-01",
            $"{string.Join(',', types["items"]!.AsArray().Select(type => $"{type!["code"]} {Sender.Amount(type["lowestLimit"])} {Sender.Amount(type["highestLimit"])} {type["interestPercent"]} {Sender.Amount(type["annualFee"])}"))} {types["terms"]!["version"]}");

        var arta = await scene.ApplicantAsync(Good);
        var path = $"v1/card-applications/{id}";
        Assert.Equal("400 invalid_input\n/cardType value_not_listed", (await arta.Sender.CallAsync("PUT", path, """{"cardType":"platinum"}""")).ToString());
        using var client = scene.Bank.Client(arta.Sender.Token);
        await ApplicationsBank.RaceAsync(new RaceCall(client, HttpMethod.Put, $"api/{path}", """{"cardType":"gold"}"""), async () => (await arta.Sender.GetAsync("v1/applications")).Json["items"]!.AsArray().Count);
        Assert.Equal("409 application_open", (await arta.Sender.CallAsync("PUT", $"v1/card-applications/{Guid.NewGuid()}", """{"cardType":"gold"}""")).ToString());
        Assert.Equal("422 card_limit_out_of_range", (await arta.Sender.CallAsync("PUT", $"{path}/settings", Settings.Replace("200000", "99999", StringComparison.Ordinal))).ToString());
        Assert.Equal(200, (await arta.Sender.CallAsync("PUT", $"{path}/settings", Settings)).Status);

        // Another type: the settings are asked for again.
        Assert.Equal(["settings", "personal_data", "work"], Missing((await arta.Sender.CallAsync("PUT", path, """{"cardType":"classic"}""")).Json));
        Assert.Equal(
            "400 invalid_input\n/automaticPaymentShare payment_share_wrong", (await arta.Sender.CallAsync("PUT", $"{path}/settings", Settings.Replace(":25", ":50", StringComparison.Ordinal))).ToString());
        Assert.Equal(
            "400 invalid_input\n/internetPurchasesShare number_out_of_range", (await arta.Sender.CallAsync("PUT", $"{path}/settings", Settings.Replace(":50", ":101", StringComparison.Ordinal))).ToString());
        Assert.Equal(
            "400 invalid_input\n/branch value_not_listed\n/email applicant_email_malformed",
            (await arta.Sender.CallAsync("PUT", $"{path}/personal-data", Personal.Replace("1101", "9999", StringComparison.Ordinal).Replace("arta@", "arta at ", StringComparison.Ordinal))).ToString());
        Assert.Equal(
            "400 invalid_input\n/familyMembers number_out_of_range", (await arta.Sender.CallAsync("PUT", $"{path}/personal-data", Personal.Replace(":3", ":-1", StringComparison.Ordinal))).ToString());
        Assert.Equal(
            "400 invalid_input\n/title value_not_listed\n/country value_not_listed\n/city value_not_listed",
            (await arta.Sender.CallAsync("PUT", $"{path}/work", Work.Replace("none", "king", StringComparison.Ordinal).Replace("AL", "XX", StringComparison.Ordinal).Replace("tirana", "atlantis", StringComparison.Ordinal))).ToString());
        Assert.Equal("422 application_incomplete", (await arta.Sender.CallAsync("POST", $"{path}/submission", Applicant.Consents)).ToString());
        foreach (var (part, body, name) in new[] { ("settings", Settings, "settings"), ("personal-data", Personal, "personalData"), ("work", Work, "work") })
            await ApplicationsBank.RaceAsync(new RaceCall(client, HttpMethod.Put, $"api/{path}/{part}", body), async () => (await arta.FindAsync(id))[name] is null ? 0 : 1);

        // On another device, later: everything is there.
        await arta.SignInAsync();
        var draft = await arta.FindAsync(id);
        Assert.Equal("""{"statementPeriod":"end_of_month","automaticPaymentShare":25,"internetPurchasesShare":50}""", draft["settings"]!.ToJsonString());
        Assert.Equal("arta@example.com 1101 3", $"{draft["personalData"]!["email"]} {draft["personalData"]!["branch"]} {draft["personalData"]!["familyMembers"]}");
        Assert.Equal("draft credit_card complete -", await arta.StandsAsync(id));

        Assert.Equal("422 application_terms_not_accepted", (await arta.Sender.CallAsync("POST", $"{path}/submission", """{"allowsCreditRegistry":true}""")).ToString());
        using var again = scene.Bank.Client(arta.Sender.Token);
        await ApplicationsBank.RaceAsync(RaceCall.Post(again, $"api/{path}/submission", Applicant.Consents), async () => (await arta.TimelineAsync(id)).Split(' ').Count(state => state == "submitted"));
        Assert.Equal("409 application_not_draft", (await arta.Sender.CallAsync("PUT", $"{path}/settings", Settings)).ToString());
        Assert.Equal("404 application_not_found", (await nobody.CallAsync("PUT", $"{path}/settings", Settings)).ToString());
        await scene.Bank.WhenIdleAsync();
        Assert.Equal("approved credit_card confirm_contract 200000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("409 step_not_possible", (await arta.Sender.CallAsync("POST", $"{path}/identifications", """{"documentType":"passport"}""")).ToString());
        Assert.Equal(200, (await arta.Sender.CallAsync("POST", $"v1/applications/{id}/withdrawal")).Status);
        await scene.Bank.WhenIdleAsync();
        await scene.EndedAsync(id, arta);
    }

    [Fact, Requirement("PROD-13"), Requirement("PROD-14"), Requirement("PROD-15"), Requirement("PROD-16"), Requirement("PROD-17"), Requirement("PROD-18"), Requirement("PROD-19")]
    [Requirement("PROD-20"), Requirement("PROD-21"), Requirement("PROD-28"), Requirement("PROD-32"), Requirement("PROD-33")]
    [ProvesRace("CardApplications_ConfirmContract"), ProvesRace("CardApplications_ReadPrivacyPolicy"), ProvesRace("CardApplications_StartIdentification")]
    [ProvesRace("CardApplications_SendPhoneCode")]
    public async Task A_lower_limit_is_accepted_the_contract_read_and_signed_and_the_card_collected()
    {
        var arta = await scene.ApplicantAsync(Doubtful);
        var id = await SubmittedAsync(arta);
        var path = $"v1/card-applications/{id}";
        Assert.Equal("in_review credit_card none -", await arta.StandsAsync(id));
        await scene.DecideAsync(id, "60000.00");
        Assert.Equal("lower_limit_offered credit_card approve_limit 60000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("409 step_not_possible", (await arta.Sender.GetAsync($"{path}/contract")).ToString());
        await arta.AnswerLimitAsync("approve");
        Assert.Equal("approved credit_card confirm_contract 60000.00 ALL", await arta.StandsAsync(id));

        // The contract shows the approved limit and the settings; what was read is what is confirmed.
        var contract = (await arta.Sender.GetAsync($"{path}/contract")).Json;
        var sha = (string)contract["sha256"]!;
        using var file = await scene.Bank.Anonymous.GetAsync(((string)contract["download"]!["url"]!)[1..]);
        var pdf = await file.Content.ReadAsByteArrayAsync();
        Assert.Equal(sha, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pdf)));
        var text = PdfText.Of(pdf);
        Assert.All(["60000.00 ALL", "25 %", "50 %", "end of the month", "Arta Hoxha"], words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Equal("409 contract_not_confirmed", (await arta.Sender.CallAsync("PUT", $"{path}/privacy-policy-reading", """{"version":"2026-01"}""")).ToString());
        Assert.Equal("409 contract_differs", (await arta.Sender.CallAsync("PUT", $"{path}/contract-confirmation", $$"""{"sha256":"{{new string('0', 64)}}"}""")).ToString());
        using var client = scene.Bank.Client(arta.Sender.Token);
        await ApplicationsBank.RaceAsync(new RaceCall(client, HttpMethod.Put, $"api/{path}/contract-confirmation", $$"""{"sha256":"{{sha}}"}"""), async () => await CardAsync(arta, id, "contractConfirmedAt") is null ? 0 : 1);
        Assert.Equal("approved credit_card read_privacy_policy 60000.00 ALL", await arta.StandsAsync(id));

        var policy = (await arta.Sender.GetAsync("v1/card-applications/privacy-policy")).Json;
        Assert.Equal("409 privacy_policy_differs", (await arta.Sender.CallAsync("PUT", $"{path}/privacy-policy-reading", """{"version":"2019-01"}""")).ToString());
        await ApplicationsBank.RaceAsync(
            new RaceCall(client, HttpMethod.Put, $"api/{path}/privacy-policy-reading", $$"""{"version":"{{policy["version"]}}"}"""),
            async () => (await arta.TimelineAsync(id)).Split(' ').Count(state => state == "waiting_for_identification"));

        // Another person's document, then a passport of the applicant's own; the provider tells it twice, and once more for a session that is over.
        var first = await IdentifyAsync(arta, path, "identity_card", "mismatch", "J61205088M");
        Assert.Equal("other_person 2", $"{await CardAsync(arta, id, "lastFailure")} {await CardAsync(arta, id, "identificationsLeft")}");
        await ApplicationsBank.RaceAsync(
            RaceCall.Post(client, $"api/{path}/identifications", """{"documentType":"passport"}"""),
            async () => (await SessionsAsync(id)).Count(session => session != first));
        using (var twice = await scene.Bank.Sandbox.PutAsync("knobs/video-kyc", HttpBank.Json("""{"duplicateAnswers":true}""")))
            twice.EnsureSuccessStatusCode();
        await IdentifyAsync(arta, path, "passport", "verified", arta.Person);
        await scene.WebhookAsync("video-kyc", new JsonObject { ["type"] = "identification.expired", ["data"] = new JsonObject { ["sessionId"] = first } }, ApplicationsBank.VideoSecret);
        await scene.Bank.WhenIdleAsync();
        Assert.Equal("waiting_for_identification credit_card check_phone 60000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("409 identified_already", (await arta.Sender.CallAsync("POST", $"{path}/identifications", """{"documentType":"passport"}""")).ToString());

        // The telephone on file, and no other.
        var phone = TransferBank.PhoneOf(arta.Sender.Number);
        Assert.Equal("422 phone_differs", (await arta.Sender.CallAsync("POST", $"{path}/phone-checks", """{"phone":"+355699999999"}""")).ToString());
        Assert.Equal("422 otp_expired", (await arta.Sender.CallAsync("POST", $"{path}/phone-checks/code", """{"code":"000000"}""")).ToString());
        var sends = Enumerable.Repeat(RaceCall.Post(client, $"api/{path}/phone-checks", $$"""{"phone":"{{phone}}"}"""), 4).ToList();
        await RaceHarness.OneShotAsync(sends, async () => (await CodesAsync(phone)).Length, "429 too_many_requests");
        var code = (await CodesAsync(phone)).Single();
        var wrong = code == "111111" ? "222222" : "111111";
        Assert.Equal("422 otp_wrong", (await arta.Sender.CallAsync("POST", $"{path}/phone-checks/code", $$"""{"code":"{{wrong}}"}""")).ToString());
        var typed = RaceCall.Post(client, $"api/{path}/phone-checks/code", $$"""{"code":"{{code}}"}""");
        await RaceHarness.OneShotAsync(
            [typed, typed, typed, typed], AskedToSignAsync, "422 otp_expired", "422 otp_wrong", "422 challenge_cancelled", "409 step_not_possible");
        Assert.Equal("waiting_for_signature credit_card sign 60000.00 ALL", await arta.StandsAsync(id));

        // The workflow asks, after the call that proved the telephone has been answered.
        async Task<int> AskedToSignAsync()
        {
            await scene.Bank.WhenIdleAsync();
            return (await arta.TimelineAsync(id)).Split(' ').Count(state => state == "waiting_for_signature");
        }

        // A webhook for somebody else's signature, or for none, moves nothing; nor does one that says signed when the service does not.
        var signUrl = (string)(await CardAsync(arta, id, "signUrl"))!;
        var signature = (await SignaturesAsync()).Single(one => (string)one["signUrl"]! == signUrl);
        foreach (var about in new[] { Guid.NewGuid().ToString("N"), (string)signature["signatureId"]! })
        {
            var told = await scene.WebhookAsync(
                "qualified-signature", new JsonObject { ["type"] = "signature.completed", ["data"] = new JsonObject { ["signatureId"] = about, ["status"] = "signed" } }, ApplicationsBank.SignatureSecret);
            Assert.Equal(204, told.Status);
        }

        await scene.Bank.WhenIdleAsync();
        Assert.Equal("waiting_for_signature credit_card sign 60000.00 ALL", await arta.StandsAsync(id));
        await SignAsync(arta, id, "signed");
        Assert.Equal("issued credit_card none 60000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("draft submitted in_review lower_limit_offered approved waiting_for_identification waiting_for_signature issued", await arta.TimelineAsync(id));
        Assert.Equal("409 application_final", (await arta.Sender.CallAsync("POST", $"v1/applications/{id}/withdrawal")).ToString());

        // One order, with what was agreed; the workshop's news come late and in any order.
        var order = (await OrdersAsync()).Single(one => (string)one["order"]!["customer"]! == arta.Sender.Number)["order"]!;
        Assert.Equal(
            "classic ARTA HOXHA 1101 60000.00 ALL 50 end_of_month 25",
            $"{order["product"]} {order["nameOnCard"]} {order["branch"]} {Sender.Amount(order["limit"])} {order["internetPurchasesShare"]} {order["statementPeriod"]} {order["automaticPaymentShare"]}");
        await StepAsync(id, "produce");
        await StepAsync(id, "ready");
        var late = await scene.WebhookAsync(
            "cards", new JsonObject { ["type"] = "card_order.produced", ["data"] = new JsonObject { ["orderId"] = id.ToString("N"), ["status"] = "produced" } }, ApplicationsBank.CardsSecret);
        Assert.Equal(204, late.Status);
        await scene.Bank.WhenIdleAsync();
        Assert.Equal("issued credit_card collect 60000.00 ALL ready", $"{await arta.StandsAsync(id)} {await CardAsync(arta, id, "cardStatus")}");
        Assert.Single(await SmsAsync(phone), sms => sms.Contains("Dega Qendrore", StringComparison.Ordinal));
        await StepAsync(id, "collect");
        Assert.Equal("issued credit_card none 60000.00 ALL collected", $"{await arta.StandsAsync(id)} {await CardAsync(arta, id, "cardStatus")}");
        Assert.Single(await OrdersAsync(), one => (string)one["order"]!["customer"]! == arta.Sender.Number);
        await scene.EndedAsync(id, arta);
    }

    [Fact, Requirement("PROD-18"), Requirement("PROD-20"), Requirement("PROD-31"), Requirement("PROD-32"), Requirement("PROD-33"), ProvesRace("Applications_RecordBranchIdentification")]
    public async Task After_three_failures_a_branch_identifies_and_who_declines_to_sign_or_runs_out_of_time_gets_no_card()
    {
        var arta = await scene.ApplicantAsync(Good);
        var (id, path) = await ApprovedAsync(arta);
        var branch = $"backoffice/v1/applications/{id}/branch-identification";
        Assert.Equal("409 branch_not_needed", (await scene.Bank.CallAsync("PUT", branch, token: await scene.TellerAsync())).ToString());
        await IdentifyAsync(arta, path, "identity_card", "expired_document", arta.Person);
        Assert.Equal("document_expired 2", $"{await CardAsync(arta, id, "lastFailure")} {await CardAsync(arta, id, "identificationsLeft")}");
        await IdentifyAsync(arta, path, "identity_card", "liveness_failed", arta.Person);
        Assert.Equal("liveness_failed 1", $"{await CardAsync(arta, id, "lastFailure")} {await CardAsync(arta, id, "identificationsLeft")}");

        // Nobody finishes it, and the provider's word does not come: the workflow asks.
        using (var mute = await scene.Bank.Sandbox.PutAsync("webhooks/target", HttpBank.Json("""{"baseUrl":"http://127.0.0.1:9"}""")))
            mute.EnsureSuccessStatusCode();
        await IdentifyAsync(arta, path, "identity_card", "abandoned", arta.Person, isTold: false);
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(40), asleep: true);
        await scene.Bank.WhenIdleAsync();
        using (var told = await scene.Bank.Sandbox.PutAsync("webhooks/target", HttpBank.Json($$"""{"baseUrl":"{{scene.Bank.Host.BaseAddress}}api/webhooks"}""")))
            told.EnsureSuccessStatusCode();
        await arta.SignInAsync();
        Assert.Equal("abandoned 0", $"{await CardAsync(arta, id, "lastFailure")} {await CardAsync(arta, id, "identificationsLeft")}");
        Assert.Equal("waiting_for_identification credit_card visit_branch 200000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("409 branch_needed", (await arta.Sender.CallAsync("POST", $"{path}/identifications", """{"documentType":"passport"}""")).ToString());
        Assert.Contains(await arta.PushesAsync(), push => push.Contains("come to a branch", StringComparison.Ordinal));
        using var teller = scene.Bank.Client(await scene.TellerAsync());
        await ApplicationsBank.RaceAsync(new RaceCall(teller, HttpMethod.Put, $"api/{branch}"), async () => await CardAsync(arta, id, "identifiedAt") is null ? 0 : 1);
        await ProvePhoneAsync(arta, path);
        Assert.Equal("waiting_for_signature credit_card sign 200000.00 ALL", await arta.StandsAsync(id));
        await SignAsync(arta, id, "declined");
        Assert.Equal("withdrawn credit_card none 200000.00 ALL signature_declined", $"{await arta.StandsAsync(id)} {(await arta.FindAsync(id))["endedBy"]}");
        Assert.DoesNotContain(await OrdersAsync(), one => (string)one["order"]!["customer"]! == arta.Sender.Number);
        await scene.EndedAsync(id, arta);

        // Taken back while the signature is waited for: nobody signs any more.
        var (second, at) = await ApprovedAsync(arta);
        await IdentifyAsync(arta, at, "identity_card", "verified", arta.Person);
        await ProvePhoneAsync(arta, at);

        // A page to sign at is good for a day; then there is another one, until the applicant's own time is over.
        var page = (string)(await CardAsync(arta, second, "signUrl"))!;
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(25), asleep: true);
        await scene.WhenToldAsync("qualified-signature");
        await arta.SignInAsync();
        Assert.NotEqual(page, (string)(await CardAsync(arta, second, "signUrl"))!);
        Assert.Equal(200, (await arta.Sender.CallAsync("POST", $"v1/applications/{second}/withdrawal")).Status);
        await scene.Bank.WhenIdleAsync();
        Assert.Equal("withdrawn credit_card none 200000.00 ALL", await arta.StandsAsync(second));
        Assert.Equal("cancelled", (string)(await SignaturesAsync())[^1]["status"]!);
        await scene.EndedAsync(second, arta);
    }

    private async Task<Guid> SubmittedAsync(Applicant applicant)
    {
        var id = Guid.NewGuid();
        foreach (var (path, body) in new[] { ("", """{"cardType":"classic"}"""), ("/settings", Settings), ("/personal-data", Personal), ("/work", Work) })
        {
            var saved = await applicant.Sender.CallAsync("PUT", $"v1/card-applications/{id}{path}", body);
            Assert.True(saved.Status == 200, saved.ToString());
        }

        var submitted = await applicant.Sender.CallAsync("POST", $"v1/card-applications/{id}/submission", Applicant.Consents);
        Assert.True(submitted.Status == 200, submitted.ToString());
        await scene.Bank.WhenIdleAsync();
        return id;
    }

    /// <summary>Approved by the score, the contract and the privacy policy read.</summary>
    private async Task<(Guid Id, string Path)> ApprovedAsync(Applicant applicant)
    {
        var id = await SubmittedAsync(applicant);
        var path = $"v1/card-applications/{id}";
        var sha = (string)(await applicant.Sender.GetAsync($"{path}/contract")).Json["sha256"]!;
        Assert.Equal(200, (await applicant.Sender.CallAsync("PUT", $"{path}/contract-confirmation", $$"""{"sha256":"{{sha}}"}""")).Status);
        Assert.Equal(200, (await applicant.Sender.CallAsync("PUT", $"{path}/privacy-policy-reading", """{"version":"2026-01"}""")).Status);
        return (id, path);
    }

    /// <summary>The capture page at the provider.</summary>
    /// <returns>The session.</returns>
    private async Task<string> IdentifyAsync(Applicant applicant, string path, string document, string outcome, string person, bool isTold = true)
    {
        var opened = await applicant.Sender.CallAsync("POST", $"{path}/identifications", $$"""{"documentType":"{{document}}","improvementConsent":false}""");
        Assert.True(opened.Status == 200, opened.ToString());
        using var captured = await scene.Bank.Sandbox.PostAsync(new Uri((string)opened.Json["captureUrl"]!), HttpBank.Json(
            $$"""{"outcome":"{{outcome}}","personalNumber":"{{person}}","surname":"Hoxha","givenNames":"Arta","birthDate":"1985-01-02"}"""));
        Assert.True(captured.IsSuccessStatusCode, await captured.Content.ReadAsStringAsync());
        if (isTold)
            await scene.WhenToldAsync("video-kyc");
        return ((Guid)opened.Json["sessionId"]!).ToString("N");
    }

    private async Task ProvePhoneAsync(Applicant applicant, string path)
    {
        var phone = TransferBank.PhoneOf(applicant.Sender.Number);
        var before = (await CodesAsync(phone)).Length;
        var sent = await applicant.Sender.CallAsync("POST", $"{path}/phone-checks", $$"""{"phone":"{{phone}}"}""");
        Assert.True(sent.Status == 201, sent.ToString());
        var codes = await CodesAsync(phone);
        Assert.Equal(before + 1, codes.Length);
        var taken = await applicant.Sender.CallAsync("POST", $"{path}/phone-checks/code", $$"""{"code":"{{codes[0]}}"}""");
        Assert.True(taken.Status == 200, taken.ToString());
        await scene.Bank.WhenIdleAsync();
    }

    private async Task SignAsync(Applicant applicant, Guid id, string outcome)
    {
        var url = (string)(await CardAsync(applicant, id, "signUrl"))!;
        using var signed = await scene.Bank.Sandbox.PostAsync(new Uri(url), HttpBank.Json($$"""{"outcome":"{{outcome}}"}"""));
        Assert.True(signed.IsSuccessStatusCode, await signed.Content.ReadAsStringAsync());
        await scene.WhenToldAsync("qualified-signature");
    }

    private async Task StepAsync(Guid id, string step)
    {
        using var done = await scene.Bank.Sandbox.PostAsync($"processors/cards/card-orders/{id:N}/steps", HttpBank.Json($$"""{"step":"{{step}}"}"""));
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        await scene.WhenToldAsync("cards");
    }

    private static async Task<JsonNode?> CardAsync(Applicant applicant, Guid id, string member) => (await applicant.FindAsync(id))["card"]![member];

    private static IEnumerable<string> Missing(JsonNode application) => application["missing"]!.AsArray().Select(part => (string)part!);

    private async Task<IReadOnlyList<JsonNode>> SignaturesAsync() => await ListAsync("signers/qualified-signature/signatures", "signatures");

    private async Task<IReadOnlyList<JsonNode>> OrdersAsync() => await ListAsync("processors/cards/card-orders", "orders");

    private async Task<IReadOnlyList<string>> SessionsAsync(Guid application) =>
        [.. (await ListAsync("video-identifiers/video-kyc/sessions", "sessions")).Select(session => (string)session["sessionId"]!)
            .Where(session => Enumerable.Range(1, 3).Any(attempt => Banking.Identification.StartIdentification.IdOf("card_application", application.ToString("N"), attempt).ToString("N") == session))];

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string path, string member) =>
        [.. (await scene.Bank.Sandbox.GetFromJsonAsync<JsonObject>(path))![member]!.AsArray().Select(one => one!)];

    private async Task<string[]> SmsAsync(string phone)
    {
        await scene.Bank.WhenIdleAsync();
        var inbox = await scene.Bank.Sandbox.GetFromJsonAsync<JsonObject>("inbox/messages?channel=sms");
        return [.. inbox!["messages"]!.AsArray().Where(sms => (string)sms!["to"]! == phone).Select(sms => (string)sms!["text"]!)];
    }

    /// <summary>Newest first.</summary>
    private async Task<string[]> CodesAsync(string phone) => [.. (await SmsAsync(phone)).Select(text => SixDigits.Match(text).Value).Where(code => code.Length == 6)];

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex SixDigits { get; }
}

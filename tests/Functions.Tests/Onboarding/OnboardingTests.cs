using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Tests.Onboarding;

/// <summary>The way of a newcomer, from an e-mail address to a customer who signs in (ONB-09 to ONB-24).</summary>
[Collection(OnboardingBank.Name)]
public sealed class OnboardingTests(OnboardingBank scene)
{
    [Fact]
    [Requirement("ONB-09"), Requirement("ONB-10"), Requirement("ONB-11"), Requirement("ONB-13"), Requirement("ONB-14"), Requirement("ONB-16"), Requirement("ONB-17"), Requirement("ONB-18")]
    [Requirement("ONB-19"), Requirement("ONB-20"), Requirement("ONB-21"), Requirement("ONB-22"), Requirement("ONB-23")]
    [ProvesRace("Onboarding_Enter"), ProvesRace("Onboarding_GiveConsents"), ProvesRace("Onboarding_StartVideo"), ProvesRace("Onboarding_DeclareMobile"), ProvesRace("Onboarding_SaveResidence")]
    [ProvesRace("Onboarding_DeclareTaxStatus"), ProvesRace("Onboarding_SavePersonalData"), ProvesRace("Onboarding_ConfirmData"), ProvesRace("Onboarding_ConfirmContract")]
    [ProvesRace("Onboarding_SignContract"), ProvesRace("Onboarding_ChoosePassword"), ProvesRace("Onboarding_ConfirmAccountContract")]
    public async Task A_newcomer_becomes_a_customer_with_nothing_but_calls_and_a_camera()
    {
        var drita = scene.Newcomer();
        await EmailAsync(drita);

        // Consents: both, in this order, in the present versions.
        Assert.Equal("started give_consents", await drita.StandAsync());
        Assert.Equal("409 step_out_of_order give_consents", Next(await drita.StartVideoAsync()));
        Assert.Equal("400 invalid_input\n/consents consent_required", (await drita.PostAsync("consents", """{"consents":[{"document":"privacy_policy","version":"2026-01"}]}""")).ToString());
        Assert.Equal("consented start_video", Stand(await OnceAsync(drita, "consents", Applicant.Consents, "consented")));
        Assert.Equal("409 step_out_of_order start_video", Next(await drita.ConsentAsync()));

        // Video: a session at the provider, the same one while it lasts.
        Assert.Equal("409 step_out_of_order start_video", Next(await drita.MobileAsync()));
        await RaceAsync(drita, "video-sessions", Applicant.Video, "video_started", _ => 1);
        var video = await drita.StartVideoAsync();
        Assert.Equal("""["document_front","document_back","face_smiling"]""", video.Json["sequence"]!.ToJsonString());
        Assert.Equal((string)video.Json["captureUrl"]!, (string)(await drita.StartVideoAsync()).Json["captureUrl"]!);
        Assert.Equal("identifying finish_video", await drita.StandAsync());
        await drita.FilmAsync(video);
        Assert.Equal("identified declare_mobile", await drita.StandAsync());

        await MobileAsync(drita);
        await DataAsync(drita);
        await ReviewAsync(drita);
        var signed = await SignAsync(drita);
        await PasswordAsync(drita, signed);
    }

    [Fact, Requirement("ONB-24")]
    public async Task The_lists_of_the_forms_come_in_both_languages_and_their_codes_fit_together()
    {
        var (albanian, english) = (await ListsAsync("sq"), await ListsAsync("en"));
        Assert.Equal("Tiranë Tirana", $"{Named(albanian["cities"]!, "tirane")["name"]} {Named(english["cities"]!, "tirane")["name"]}");
        Assert.Equal("Mësues Teacher", $"{Named(albanian["professions"]!, "teacher")["name"]} {Named(english["professions"]!, "teacher")["name"]}");
        foreach (var list in new[] { "cities", "branches", "educationLevels", "professions", "jobPositions", "civilStatuses", "countries" })
        {
            var codes = english[list]!.AsArray().Select(item => (string)item!["code"]!).ToArray();
            Assert.NotEmpty(codes);
            Assert.Equal(codes.Distinct(), codes);
        }

        var postalCodes = english["cities"]!.AsArray().SelectMany(city => city!["postalCodes"]!.AsArray().Select(code => (string)code!)).ToArray();
        Assert.All(["1001", "1015", "2001", "9007"], code => Assert.Contains(code, postalCodes));
        Assert.All(english["cities"]!.AsArray(), city => Assert.All(city!["administrativeUnits"]!.AsArray(), unit => Assert.NotEmpty(unit!["villages"]!.AsArray())));
        Assert.Contains("tirane", Named(english["countries"]!, "AL")["birthCities"]!.AsArray().Select(city => (string)city!["code"]!));

        async Task<JsonNode> ListsAsync(string language) => (await scene.Bank.CallAsync(
            "GET", "public/v1/onboarding/reference-data", change: request => request.Headers.Add("Accept-Language", language))).Json;
        static JsonNode Named(JsonNode list, string code) => list.AsArray().Single(item => (string)item!["code"]! == code)!;
    }

    /// <summary>Whoever is in the way of a customer number's first account: the last steps fail half-way, what was begun is taken back, and compliance decides.</summary>
    [Fact, Requirement("ONB-22"), Requirement("ONB-30")]
    public async Task What_cannot_be_created_is_taken_back_and_handed_over()
    {
        var drita = scene.Newcomer();
        await drita.ToReviewAsync();
        Assert.Equal("contract_pending confirm_contract", Stand(await drita.ConfirmDataAsync()));
        var code = await drita.ConfirmContractAsync();

        // Somebody else becomes a customer with the mobile number while the contract is read.
        await scene.RegisterAsync("388800001", "Tjetri", null);
        var taken = await scene.Bank.CallAsync(
            "PUT", "backoffice/v1/customers/388800001", $$"""{"name":"Tjetri","language":"sq","phone":"{{drita.Mobile}}"}""", await scene.TellerAsync());
        Assert.Equal(200, taken.Status);
        Assert.Equal("identity_review await_review", Stand(await drita.PostAsync("contract/signature", $$"""{"code":"{{code}}"}""")));
        var held = (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{drita.Id}", token: await scene.OfficerAsync())).Json;
        Assert.Equal("""["creation_failed"]""", held["reasons"]!.ToJsonString());

        // The number is given free again; after the review's yes the account is created, with nothing left of the first attempt in its way.
        var freed = await scene.Bank.CallAsync("PUT", "backoffice/v1/customers/388800001", """{"name":"Tjetri","language":"sq"}""", await scene.TellerAsync());
        Assert.Equal(200, freed.Status);
        Assert.Equal("200 applied", State(await scene.DecideAsync(drita.Id, "approve")));
        await Eventually.IsTrueAsync(async () => await drita.StandAsync() == "account_created choose_password");
    }

    [Fact, Requirement("ONB-25"), ProvesRace("Onboarding_UnlockApplicant")]
    public async Task Wrong_codes_lock_an_applicant_for_a_day_and_two_officers_lift_it()
    {
        var ilir = scene.Newcomer();
        var (challenge, code) = await ilir.ProveEmailAsync();
        var wrong = code == "000000" ? "000001" : "000000";
        for (var left = 4; left >= 1; left--)
            Assert.Equal(left, (int)(await ilir.EnterAsync(challenge, wrong)).Json["attemptsLeft"]!);
        using var agent = scene.Bank.Client(await StaffAsync("agent-1", "contact_centre"));
        var order = $$"""{"email":"{{ilir.Email.ToUpperInvariant()}}","personalId":"{{ilir.PersonalId}}","identifiedBy":"thirrje","reason":"Lexoi gabim"}""";
        Assert.Equal("409 applicant_not_locked", await UnlockAsync("agent-1", "contact_centre"));
        Assert.Equal("422 challenge_cancelled", (await ilir.EnterAsync(challenge, wrong)).ToString());
        var asks = $$"""{"email":"{{ilir.Email}}","personalId":"{{ilir.PersonalId}}"}""";
        Assert.Equal("422 registration_locked", (await ilir.EnterAsync(challenge, code)).ToString());
        Assert.Equal("422 registration_locked", (await scene.Bank.CallAsync("POST", "public/v1/onboarding/email-codes", asks)).ToString());

        // Whoever has identified the person proposes; another decides. Neither proposal nor trail says who it was.
        Assert.Equal("403 role_missing", await UnlockAsync("officer-1", "compliance"));
        var proposed = await RaceHarness.SameKeyAsync(RaceCall.Post(agent, "api/backoffice/v1/onboarding/unlocks", order), async () => (await ProposalsAsync()).Length);
        var (ledger, decision) = (await StaffAsync("ledger-1", "ledger"), $"backoffice/v1/changes/{proposed.Json["id"]}/decision");
        var own = await scene.Bank.CallAsync("PUT", decision, """{"decision":"approve"}""", await StaffAsync("agent-1", "ledger"));
        Assert.Equal("403 four_eyes_required", own.ToString());
        Assert.Equal("422 registration_locked", (await scene.Bank.CallAsync("POST", "public/v1/onboarding/email-codes", asks)).ToString());
        Assert.Equal("200 applied", State(await scene.Bank.CallAsync("PUT", decision, """{"decision":"approve"}""", ledger)));
        Assert.Equal(201, (await ilir.EnterAsync()).Status);
        Assert.Equal("409 applicant_not_locked", await UnlockAsync("agent-1", "contact_centre"));
        var trail = await scene.Bank.CallAsync(
            "GET", $"backoffice/v1/audit?resource={Uri.EscapeDataString((string)proposed.Json["resource"]!)}", token: await StaffAsync("auditor", "auditor"));
        Assert.Equal(
            ["agent-1 change_own_decision_refused", "agent-1 change_proposed Lexoi gabim", "ledger-1 change_applied"],
            trail.Json["items"]!.AsArray().Select(one => $"{one!["actor"]} {one["action"]} {one["reason"]}".Trim()).Order(StringComparer.Ordinal));
        Assert.All([ilir.Email, ilir.PersonalId], word => Assert.DoesNotContain(word, trail.Text + proposed.Text, StringComparison.OrdinalIgnoreCase));

        Task<string> StaffAsync(string id, string role) => scene.Bank.TokenAsync(new() { ["staff"] = id, ["roles"] = role });
        async Task<string> UnlockAsync(string id, string role) =>
            (await scene.Bank.CallAsync("POST", "backoffice/v1/onboarding/unlocks", order, await StaffAsync(id, role), OnboardingBank.WithKey())).ToString();
        async Task<JsonNode[]> ProposalsAsync() =>
            [.. (await scene.Bank.CallAsync("GET", "backoffice/v1/changes?limit=100", token: await StaffAsync("ledger-1", "ledger"))).Json["items"]!.AsArray()
                .Where(change => (string)change!["kind"]! == "applicant_unlock").Select(change => change!)];
    }

    private async Task EmailAsync(Applicant drita)
    {
        // Faults of the input, all at once.
        var wrong = await scene.Bank.CallAsync("POST", "public/v1/onboarding/email-codes", """{"email":"a@b","personalId":"123"}""");
        Assert.Equal("400 invalid_input\n/email email_invalid\n/personalId personal_id_invalid", wrong.ToString());

        // A customer's personal number or e-mail address is told to nobody but who has the code.
        var client = scene.Newcomer();
        await scene.RegisterAsync("388800000", "Klienti", client.PersonalId);
        Assert.Equal("409 already_client", (await client.EnterAsync()).ToString());
        var sameMail = new Applicant(scene, "c388800000@example.com", scene.Newcomer().PersonalId, drita.Mobile);
        Assert.Equal("409 already_client", (await sameMail.EnterAsync()).ToString());

        var (challenge, code) = await drita.ProveEmailAsync();
        Assert.Equal("401 application_token_invalid", (await drita.GetAsync()).ToString());
        Assert.Equal("422 otp_wrong", (await drita.EnterAsync(challenge, code == "000000" ? "000001" : "000000")).ToString());
        Assert.Equal("422 email_challenge_invalid", (await drita.EnterAsync($"{challenge[..^2]}xx", code)).ToString());
        var opened = await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(RaceCall.Post(scene.Bank.Anonymous, "api/public/v1/onboarding/applications", Applicant.EnterBody(challenge, code)), 4)],
            () => Task.FromResult(1), "422 otp_expired", "422 challenge_cancelled", "422 otp_wrong");
        Assert.Equal("started opened applicant", $"{opened.Json["application"]!["status"]} {opened.Json["application"]!["timeline"]![0]!["what"]} {opened.Json["application"]!["timeline"]![0]!["by"]}");

        // One live application of a person; from another device it is gone on with, and the first device's token ends.
        Assert.Equal("409 application_exists", (await drita.EnterAsync()).ToString());
        drita.Token = (string)opened.Json["applicationToken"]!;
        Assert.Equal("started give_consents", await drita.StandAsync());
        Assert.Equal(200, (await drita.EnterAsync("resume")).Status);
        var newest = drita.Token;
        drita.Token = (string)opened.Json["applicationToken"]!;
        Assert.Equal("401 application_token_invalid", (await drita.GetAsync()).ToString());
        drita.Token = newest;

        // What is known of somebody who has not become a customer lies sealed.
        var secrets = new Secrets();
        secrets.Add("personal number", drita.PersonalId);
        Assert.Empty(await scene.Bank.FindSecretsAsync(secrets: secrets));
    }

    private async Task MobileAsync(Applicant drita)
    {
        Assert.Equal("400 invalid_input\n/mobile mobile_invalid", (await drita.PostAsync("mobile", """{"mobile":"+39333123456"}""")).ToString());
        await scene.RegisterAsync("388800002", "Me telefon", null);
        Assert.Equal("409 mobile_in_use", (await drita.PostAsync("mobile", $$"""{"mobile":"{{TransferBank.PhoneOf("388800002")}}"}""")).ToString());
        Assert.Equal("409 step_out_of_order declare_mobile", Next(await drita.PostAsync("mobile/code", """{"code":"123456"}""")));
        await RaceAsync(drita, "mobile", $$"""{"mobile":"{{drita.Mobile}}"}""", "mobile_declared", _ => 1, "429 too_many_requests");
        await scene.Bank.WhenIdleAsync();
        Assert.Equal(200, (await drita.PostAsync("mobile", $$"""{"mobile":"{{drita.Mobile}}"}""")).Status);
        Assert.Equal("identified enter_mobile_code", await drita.StandAsync());
        var code = await drita.CodeAsync("sms", drita.Mobile);
        Assert.Equal("422 otp_wrong", (await drita.PostAsync("mobile/code", $$"""{"code":"{{(code == "000000" ? "000001" : "000000")}}"}""")).ToString());
        Assert.Equal("data_pending give_residence", Stand(await OnceAsync(drita, "mobile/code", $$"""{"code":"{{code}}"}""", "mobile_verified", "422 otp_expired", "422 otp_wrong", "422 challenge_cancelled")));
        Assert.Equal("409 step_out_of_order give_residence", Next(await drita.PostAsync("mobile/code", $$"""{"code":"{{code}}"}""")));
    }

    private async Task DataAsync(Applicant drita)
    {
        Assert.Equal("409 step_out_of_order give_residence", Next(await drita.PostAsync("tax-status", """{"usRelation":false,"foreignTaxpayer":false}""")));
        var wrong = """{"emigrant":true,"city":"tirane","postalCode":"2001","address":"Rruga #1","administrativeUnit":"durres","village":"x","branch":"9999"}""";
        Assert.Equal(
            "400 invalid_input\n/postalCode not_in_city\n/administrativeUnit not_in_city\n/address address_character\n/branch not_in_list", (await drita.PostAsync("residence", wrong)).ToString());
        await RaceAsync(drita, "residence", Applicant.Residence, "residence_given", done => done);
        Assert.Equal("data_pending declare_tax_status", await drita.StandAsync());
        await RaceAsync(drita, "tax-status", """{"usRelation":false,"foreignTaxpayer":false}""", "tax_status_declared", done => done);
        Assert.Equal("data_pending give_personal_data", await drita.StandAsync());
        var bad = Applicant.PersonalData.Replace("economist", "astronaut", StringComparison.Ordinal).Replace("Agim", "4gim", StringComparison.Ordinal).Replace("\"birthCity\":\"tirane\"", "\"birthCity\":\"rome\"", StringComparison.Ordinal);
        Assert.Equal("400 invalid_input\n/profession not_in_list\n/fatherFirstName name_malformed\n/birthCity not_in_list", (await drita.PostAsync("personal-data", bad)).ToString());
        await RaceAsync(drita, "personal-data", Applicant.PersonalData, "personal_data_given", done => done);
        Assert.Equal("data_pending confirm_data", await drita.StandAsync());
    }

    private async Task ReviewAsync(Applicant drita)
    {
        // Everything on one page; corrected before it is confirmed, frozen after.
        var page = (await drita.GetAsync("review")).Json;
        Assert.Equal(
            $"{drita.Email} {drita.PersonalId} {drita.Mobile} Kola Drita 2000-01-01 1001 False",
            $"{page["email"]} {page["personalId"]} {page["mobile"]} {page["identity"]!["surname"]} {page["identity"]!["givenNames"]} {page["identity"]!["birthDate"]} {page["residence"]!["postalCode"]} {page["taxStatus"]!["usRelation"]!.GetValue<bool>()}");
        Assert.Equal("data_pending confirm_data", Stand(await drita.PostAsync("residence", Applicant.Residence.Replace("1001", "1005", StringComparison.Ordinal))));
        var stale = await drita.PostAsync("review/confirmation", $$"""{"dataHash":"{{page["dataHash"]}}"}""");
        Assert.Equal("409 data_changed", stale.ToString());
        Assert.Equal("contract_pending confirm_contract", Stand(await OnceAsync(drita, "review/confirmation", $$"""{"dataHash":"{{stale.Json["dataHash"]}}"}""", "data_confirmed")));
        Assert.Equal((string)stale.Json["dataHash"]!, (string)(await drita.GetAsync("review")).Json["dataHash"]!);
        Assert.Equal("409 step_out_of_order confirm_contract", Next(await drita.PostAsync("residence", Applicant.Residence)));
    }

    private async Task<RaceAnswer> SignAsync(Applicant drita)
    {
        // Show, confirm, code.
        Assert.Equal("409 contract_not_confirmed", (await drita.PostAsync("contract/signature", """{"code":"123456"}""")).ToString());
        var contract = await drita.PdfAsync("contract");
        Assert.Equal(contract, await drita.PdfAsync("contract"));
        var text = PdfText.Of(contract);
        Assert.Contains("Drita Kola", text, StringComparison.Ordinal);
        Assert.Contains((string)(await drita.GetAsync("review")).Json["dataHash"]!, text, StringComparison.Ordinal);
        Assert.Equal("409 contract_not_confirmed", (await drita.PostAsync("contract/confirmation", $$"""{"documentHash":"{{new string('0', 64)}}"}""")).ToString());
        await RaceAsync(drita, "contract/confirmation", $$"""{"documentHash":"{{Applicant.HashOf(contract)}}"}""", "contract_confirmed", _ => 1, "429 too_many_requests");
        await scene.Bank.WhenIdleAsync();
        var code = await drita.ConfirmContractAsync();
        Assert.Contains("KSHBI-", (await scene.MessagesAsync("sms", drita.Mobile))[^1], StringComparison.Ordinal);
        Assert.Equal("422 otp_wrong", (await drita.PostAsync("contract/signature", $$"""{"code":"{{(code == "000000" ? "000001" : "000000")}}"}""")).ToString());

        // Signed by several at once it makes one customer with one account.
        var call = Step(drita, "contract/signature", $$"""{"code":"{{code}}"}""");
        var signed = await RaceHarness.OneShotAsync(
            [call, call, call, call], async () => (await CustomersOfAsync(drita)).Length, "422 otp_expired", "422 challenge_cancelled", "409 step_out_of_order", "422 otp_wrong");
        Assert.Equal("account_created choose_password", $"{signed.Json["status"]} {signed.Json["next"]}");
        var number = (string)signed.Json["client"]!["customerNumber"]!;
        Assert.Matches("^[0-9]{9}$", number);
        Assert.Matches("^AL[0-9]{26}$", (string)signed.Json["client"]!["iban"]!);
        return signed;
    }

    /// <summary>Customers who have the applicant's number.</summary>
    private async Task<string[]> CustomersOfAsync(Applicant drita)
    {
        var application = await drita.GetAsync();
        return application.Json["client"] is { } client ? [(string)client["customerNumber"]!] : [];
    }

    private async Task PasswordAsync(Applicant drita, RaceAnswer signed)
    {
        var number = (string)signed.Json["client"]!["customerNumber"]!;
        Assert.Equal("400 invalid_input\n/password pwd_length\n/password pwd_letter_digit\n/password pwd_case", (await drita.PostAsync("password", """{"password":"abc"}""")).ToString());
        Assert.Equal("400 invalid_input\n/password pwd_birthdate\n/password pwd_sequence", (await drita.PostAsync("password", """{"password":"Vx01012000Ab"}""")).ToString());
        Assert.Equal("account_created confirm_account_contract", Stand(await OnceAsync(drita, "password", $$"""{"password":"{{SignInWalk.Password}}"}""", "password_chosen")));

        // Nobody is let in before the account's contract is confirmed.
        var device = new TestDevice();
        Assert.Equal("409 contract_not_confirmed", (await SignInAsync(drita, number, device)).ToString());
        Assert.Equal("409 contract_not_confirmed", (await drita.PostAsync("account-contract/confirmation", $$"""{"documentHash":"{{new string('0', 64)}}"}""")).ToString());
        var contract = await drita.PdfAsync("account-contract");
        Assert.Contains((string)signed.Json["client"]!["iban"]!, PdfText.Of(contract), StringComparison.Ordinal);
        Assert.Equal(
            "completed none",
            Stand(await OnceAsync(drita, "account-contract/confirmation", $$"""{"documentHash":"{{Applicant.HashOf(contract)}}"}""", "completed", "409 onboarding_closed")));
        Assert.Equal("409 onboarding_closed", (await drita.PostAsync("account-contract/confirmation", $$"""{"documentHash":"{{Applicant.HashOf(contract)}}"}""")).ToString());

        var login = await SignInAsync(drita, number, device);
        Assert.True(login.Status == 200, login.ToString());
        var token = (string)login.Json["session"]!["accessToken"]!;
        var account = (await scene.Bank.CallAsync("GET", "v1/accounts", token: token)).Json["items"]!.AsArray().Single()!;
        Assert.Equal($"{signed.Json["client"]!["iban"]} 0.00 ALL", $"{account["iban"]} {Sender.Amount(account["balance"])}");
        var approvals = (await scene.Bank.CallAsync("GET", "v1/approvals", token: token)).Json["items"]!.AsArray();
        Assert.Equal(["approved Contract for banking services", "approved Current-account contract"], approvals.Select(it => $"{it!["status"]} {it["document"]!["title"]}").Order(StringComparer.Ordinal));
        var profile = (await scene.Bank.CallAsync("GET", "v1/profile", token: token)).Json;
        Assert.Equal("Drita Kola 1005 Dega Qendrore, Tiranë", $"{profile["name"]} {profile["address"]!["postalCode"]} {profile["branch"]}");
        Assert.Contains("Welcome", (await scene.MessagesAsync("email", drita.Email))[^1], StringComparison.Ordinal);

        // The person cannot apply again; the workflow has seen its end and knows an id only.
        Assert.Equal("409 already_client", (await drita.EnterAsync()).ToString());
        var ended = await scene.Bank.Host.WaitForOrchestrationAsync(StartOnboarding.InstanceId(Guid.Parse(drita.Id)));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.DoesNotContain(drita.PersonalId, $"{ended.SerializedInput}{ended.SerializedOutput}", StringComparison.Ordinal);
    }

    private async Task<Answer> SignInAsync(Applicant drita, string number, TestDevice device)
    {
        var started = await scene.Bank.CallAsync("POST", "public/v1/login", SignInWalk.LoginBody(number, SignInWalk.Password, device));
        Assert.True(started.Status is 200 or 201, started.ToString());
        return await scene.Bank.CallAsync("POST", $"public/v1/login/{started.Json["challengeId"]}/code", $$"""{"code":"{{await drita.CodeAsync("sms", drita.Mobile)}}"}""");
    }

    /// <summary>Four send the same step at once: one takes it, the others are told what is due, or one of the refusals.</summary>
    private async Task<RaceAnswer> OnceAsync(Applicant drita, string step, string body, string what, params string[] refusals) => await RaceHarness.OneShotAsync(
        [.. Enumerable.Repeat(Step(drita, step, body), 4)], () => HappenedAsync(drita, what), ["409 step_out_of_order", .. refusals]);

    /// <summary>Four send the same step at once, which may be taken again: nobody is told anything else than that it is done, what is due, or one of the refusals.</summary>
    /// <param name="times">How often it has happened, by how many were told that it is done.</param>
    private async Task RaceAsync(Applicant drita, string step, string body, string what, Func<int, int> times, params string[] refusals)
    {
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Repeat((Step(drita, step, body), (string?)null), 4)]);
        Assert.Contains(answers, answer => answer.IsSuccess);
        Assert.All(answers, answer => Assert.True(answer.IsSuccess || answer.ToString() == "409 step_out_of_order" || refusals.Contains(answer.ToString()), answer.ToString()));
        Assert.Equal(times(answers.Count(answer => answer.IsSuccess)), await HappenedAsync(drita, what));
    }

    private static async Task<int> HappenedAsync(Applicant drita, string what) =>
        (await drita.GetAsync()).Json["timeline"]!.AsArray().Count(entry => (string)entry!["what"]! == what);

    private RaceCall Step(Applicant drita, string step, string body) =>
        RaceCall.Post(scene.Bank.Anonymous, $"api/public/v1/onboarding/application/{step}", body) with { Headers = [("Application-Token", drita.Token)] };

    private static string Stand(RaceAnswer answer) => $"{answer.Json["status"]} {answer.Json["next"]}";

    private static string Stand(Answer answer) => answer.Status == 200 ? $"{answer.Json["status"]} {answer.Json["next"]}" : answer.ToString();

    private static string Next(Answer answer) => $"{answer} {answer.Json["next"]}";

    private static string State(Answer answer) => answer.Status == 200 ? $"200 {answer.Json["state"]}" : answer.ToString();
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Serverless.Banking;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Onboarding;

/// <summary>Who it is: the provider's word, compliance's, the sanctions list's (ONB-15, ONB-27 to ONB-32).</summary>
[Collection(OnboardingBank.Name)]
public sealed class IdentificationTests(OnboardingBank scene)
{
    private static readonly byte[] Secret = Convert.FromBase64String("c2FuZGJveCBvbmx5LCB2aWRlby1reWMuLi4uLi4uLi4=");

    [Fact, Requirement("ONB-15"), Requirement("ONB-28"), Requirement("ONB-31")]
    public async Task The_providers_word_counts_once_for_the_present_session_and_three_sessions_are_all()
    {
        var (besa, other) = (await ConsentedAsync(), await ConsentedAsync());

        // Nobody could be seen, then an expired document: another try, with the reason.
        await besa.VideoAsync("liveness_failed");
        Assert.Equal("consented start_video identification_failed", await FailureAsync(besa));
        var second = await besa.StartVideoAsync();
        var othersOwn = await other.StartVideoAsync();

        // Unsigned, altered, old: nobody listens. A session that nobody knows, one that has ended, what nobody understands: nothing happens.
        var session = ((string)second.Json["sessionId"]!).Replace("-", "", StringComparison.Ordinal);
        var data = Result(session, besa, "approved");
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("identification.completed", data, "msg-1", signature: "v1,AAAA")).ToString());
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("identification.completed", data, "msg-1", at: scene.Now.AddMinutes(-6))).ToString());
        Assert.Equal(204, (await TellAsync("identification.completed", Result(Guid.NewGuid().ToString("N"), besa, "approved"), "msg-2")).Status);
        Assert.Equal(400, (await TellAsync("identification.completed", new JsonObject { ["sessionId"] = session, ["result"] = "perhaps" }, "msg-3")).Status);
        Assert.Equal("identifying finish_video", await besa.StandAsync());

        // The result before the start, twice under one id and once more under another; a different result later changes nothing; the other applicant is untouched.
        var expired = Result(session, besa, "approved");
        expired["document"]!["expiresOn"] = $"{scene.Now.AddDays(-2):yyyy-MM-dd}";
        foreach (var (type, told, id) in new[]
        {
            ("identification.completed", expired, "msg-4"), ("identification.completed", expired, "msg-4"), ("identification.started", new JsonObject { ["sessionId"] = session }, "msg-5"),
            ("identification.completed", data, "msg-6"), ("identification.expired", new JsonObject { ["sessionId"] = session }, "msg-7"),
        })
            Assert.Equal(204, (await TellAsync(type, told, id)).Status);
        Assert.Equal("consented start_video document_expired", await FailureAsync(besa));
        Assert.Equal("identifying finish_video", await other.StandAsync());

        // The third and last.
        await besa.VideoAsync("unreadable");
        Assert.Equal("422 identification_exhausted", (await besa.StartVideoAsync()).ToString());

        // Starting over does not help for long: five sessions of a person in thirty days.
        Assert.Equal(201, (await besa.EnterAsync("start_over")).Status);
        await besa.ConsentAsync();
        await besa.VideoAsync("unreadable");
        await besa.VideoAsync("unreadable");
        Assert.Equal("422 identification_exhausted", (await besa.StartVideoAsync()).ToString());

        // Too young, and a customer already: refused for good, and said.
        await other.FilmAsync(othersOwn, "unreadable");
        var today = Instant.FromDateTimeOffset(scene.Now).InZone(BankTime.Tirane).Date;
        var young = await ConsentedAsync(birthDate: $"{today.PlusYears(-18).PlusDays(1):uuuu-MM-dd}");
        await young.VideoAsync();
        Assert.Equal("rejected none under_age", await FailureAsync(young));
        var client = await ConsentedAsync();
        await scene.RegisterAsync("388800010", "Klienti", client.PersonalId);
        await client.VideoAsync();
        Assert.Equal("rejected none already_client", await FailureAsync(client));
        var justOfAge = await ConsentedAsync(birthDate: $"{today.PlusYears(-18):uuuu-MM-dd}");
        await justOfAge.VideoAsync();
        Assert.Equal("identified declare_mobile", await justOfAge.StandAsync());
    }

    [Fact, Requirement("ONB-15"), Requirement("ONB-30"), Requirement("ONB-32"), ProvesRace("Onboarding_ProposeReviewDecision"), ProvesRace("Onboarding_DecideReview")]
    public async Task Compliance_looks_at_who_is_in_doubt_and_two_people_decide()
    {
        var besa = await ConsentedAsync();
        await besa.VideoAsync("low_confidence");
        Assert.Equal("identity_review await_review", await besa.StandAsync());
        Assert.Equal("decision bank", $"{(await besa.GetAsync()).Json["awaited"]!["what"]} {(await besa.GetAsync()).Json["awaited"]!["from"]}");
        var reviews = (await scene.Bank.CallAsync("GET", "backoffice/v1/onboarding/reviews?limit=100", token: await scene.OfficerAsync())).Json["items"]!.AsArray();
        Assert.Equal("""["provider_review"]""", reviews.Single(it => (string)it!["applicationId"]! == besa.Id)!["reasons"]!.ToJsonString());
        var opened = (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{besa.Id}", token: await scene.OfficerAsync())).Json;
        Assert.Equal("Kola review 0.62 AB1234567", $"{opened["identity"]!["surname"]} {opened["video"]!["result"]} {opened["video"]!["confidence"]} {opened["identity"]!["documentNumber"]}");
        Assert.Equal(403, (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{besa.Id}", token: await scene.TellerAsync())).Status);

        // The pictures are here, and who looks at one is written down.
        var picture = await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{besa.Id}/evidence/face", token: await scene.OfficerAsync("officer-3"));
        Assert.Equal("200 image/png", $"{picture.Status} {picture.ContentType}");
        Assert.Equal("404 evidence_not_found", (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{besa.Id}/evidence/hand", token: await scene.OfficerAsync())).ToString());
        Assert.Equal(1, await TrailAsync("evidence_read", "officer-3"));

        // One proposes, another decides; both at once, several times.
        using var first = scene.Bank.Client(await scene.OfficerAsync("officer-1"));
        var call = RaceCall.Post(first, $"api/backoffice/v1/onboarding/applications/{besa.Id}/decisions", """{"decision":"new_video","reason":"Fytyra nuk duket"}""");
        var proposed = await RaceHarness.SameKeyAsync(call, () => TrailAsync("change_proposed", "officer-1", besa));
        Assert.Equal("409 decision_proposed", (await scene.DecideAsync(besa.Id, "approve", "officer-2")).ToString());
        var path = $"api/backoffice/v1/onboarding/applications/{besa.Id}/decisions/{proposed.Json["id"]}";
        var own = await scene.Bank.CallAsync("PUT", path[4..], """{"decision":"approve"}""", await scene.OfficerAsync("officer-1"));
        Assert.Equal("four_eyes_required", own.Code);
        var bookkeeper = await scene.Bank.TokenAsync(new() { ["staff"] = "ilir", ["roles"] = "ledger" });
        Assert.Equal(
            "403 change_of_another_desk",
            (await scene.Bank.CallAsync("PUT", $"backoffice/v1/changes/{proposed.Json["id"]}/decision", """{"decision":"approve"}""", bookkeeper)).ToString());
        Assert.Equal("404 change_not_found", (await scene.Bank.CallAsync("PUT", path[4..].Replace(besa.Id, Guid.NewGuid().ToString(), StringComparison.Ordinal), """{"decision":"approve"}""", await scene.OfficerAsync("officer-2"))).ToString());
        using var second = scene.Bank.Client(await scene.OfficerAsync("officer-2"));
        var decided = await RaceHarness.SameCallAsync(
            new RaceCall(second, HttpMethod.Put, path, """{"decision":"approve"}"""),
            async () => (await besa.GetAsync()).Json["timeline"]!.AsArray().Count(entry => (string)entry!["what"]! == "new_video_wanted"));
        Assert.Equal("applied", (string)decided.Json["state"]!);
        Assert.Equal("consented start_video", await besa.StandAsync());
        Assert.Contains((await scene.MessagesAsync("email", besa.Email)), mail => mail.StartsWith("Go on with your application", StringComparison.Ordinal));

        // The new video shows another person's document: held again, approved, and on it goes; an approved review is over.
        await besa.VideoAsync("mismatch");
        opened = (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{besa.Id}", token: await scene.OfficerAsync())).Json;
        Assert.Equal("""["identity_mismatch"]""", opened["reasons"]!.ToJsonString());

        // At the desk it is the same case, with the same two people.
        var desk = $"backoffice/v1/desk/queues/compliance/cases/{besa.Id}";
        var file = (await scene.Bank.CallAsync("GET", desk, token: await scene.OfficerAsync())).Json;
        Assert.Equal("onboarding identity_mismatch desk", $"{file["case"]!["kind"]} {file["case"]!["title"]} {file["case"]!["waitsFor"]}");
        Assert.Equal(200, (await scene.Bank.CallAsync("GET", $"{desk}/documents/face", token: await scene.OfficerAsync("officer-4"))).Status);
        Assert.Equal(1, await TrailAsync("evidence_read", "officer-4"));
        var word = await scene.Bank.CallAsync("POST", $"{desk}/decisions", """{"decision":"approve","reason":"E njejta person"}""", await scene.OfficerAsync("officer-1"), OnboardingBank.WithKey());
        Assert.True(word.Status == 200, word.ToString());
        Assert.Equal("second_person officer-1 approve", $"{word.Json["case"]!["waitsFor"]} {word.Json["proposal"]!["by"]} {word.Json["proposal"]!["decision"]}");
        Assert.Equal("four_eyes_required", (await scene.Bank.CallAsync("POST", $"{desk}/decisions", """{"decision":"confirm_proposal"}""", await scene.OfficerAsync("officer-1"), OnboardingBank.WithKey())).Code);
        Assert.Equal(200, (await scene.Bank.CallAsync("POST", $"{desk}/decisions", """{"decision":"confirm_proposal"}""", await scene.OfficerAsync("officer-2"), OnboardingBank.WithKey())).Status);
        Assert.Equal("identified declare_mobile", await besa.StandAsync());
        Assert.Equal("409 review_not_open", (await scene.DecideAsync(besa.Id, "approve")).ToString());
        Assert.Equal("404 onboarding_not_found", (await scene.DecideAsync(Guid.NewGuid().ToString(), "approve")).ToString());
        Assert.DoesNotContain(
            (await scene.Bank.CallAsync("GET", "backoffice/v1/onboarding/reviews?limit=100", token: await scene.OfficerAsync())).Json["items"]!.AsArray(), it => (string)it!["applicationId"]! == besa.Id);
    }

    [Fact, Requirement("ONB-29"), Requirement("ONB-30"), Requirement("ONB-18"), Requirement("ONB-12")]
    public async Task Whom_the_list_names_is_held_and_a_list_that_is_too_old_lets_nobody_through()
    {
        // Another alphabet, the other order, an alias, a year only; the same name born on another day is somebody else.
        var viktor = Named("Виктор", "Зарков", "1961-04-12");
        var layla = Named("Alsahra", "Layla", "1986-02-02");
        var namesake = Named("Viktor", "Zarkov", "1971-04-12");
        var minister = Named("Genti", "Ministri", "1969-07-14");
        var late = scene.Newcomer();
        foreach (var applicant in new[] { viktor, layla, namesake, minister, late })
            await applicant.ToReviewAsync();
        Assert.Equal("contract_pending", (string)(await namesake.ConfirmDataAsync()).Json["status"]!);
        foreach (var hit in new[] { viktor, layla, minister })
        {
            Assert.Equal("identity_review", (string)(await hit.ConfirmDataAsync()).Json["status"]!);
            Assert.DoesNotContain("screening", (await hit.GetAsync()).Text, StringComparison.Ordinal);
        }

        var opened = (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{viktor.Id}", token: await scene.OfficerAsync())).Json;
        Assert.Equal("""["screening_hit"] ["XXi.001"]""", $"{opened["reasons"]!.ToJsonString()} {opened["hits"]!.ToJsonString()}");

        opened = (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{minister.Id}", token: await scene.OfficerAsync())).Json;
        Assert.Equal("""["screening_hit"] ["pep:sb-pep-1"]""", $"{opened["reasons"]!.ToJsonString()} {opened["hits"]!.ToJsonString()}");

        // A confirmed hit is refused, and nobody says why; one that was none goes on to the contract.
        Assert.Equal("applied", (string)(await scene.DecideAsync(viktor.Id, "reject")).Json["state"]!);
        await DecideBySystemAsync(layla);
        Assert.Equal("contract_pending confirm_contract", await layla.StandAsync());
        Assert.Equal("409 onboarding_closed", (await viktor.ConsentAsync()).ToString());
        var seen = $"{(await viktor.GetAsync()).Text}{string.Join(' ', await scene.MessagesAsync("email", viktor.Email))}";
        Assert.Contains("rejected", seen, StringComparison.Ordinal);
        Assert.All(["screening", "sanction", "XXi", "hit"], word => Assert.DoesNotContain(word, seen, StringComparison.OrdinalIgnoreCase));

        // The list cannot be had: for some hours the one in memory serves, then nobody passes. The application waits, and goes on from any device.
        var second = scene.Newcomer();
        await second.ToReviewAsync("""{"usRelation":true,"foreignTaxpayer":true,"taxCountry":"US","taxNumber":"123-45-6789"}""");
        await scene.KnobsAsync("sanctions", """{"errorRate":1}""");
        await scene.SleepAsync(TimeSpan.FromHours(8));
        Assert.Equal("401 application_token_invalid", (await second.GetAsync()).ToString());
        Assert.Equal(200, (await second.EnterAsync("resume")).Status);
        Assert.Equal("identity_review", (string)(await second.ConfirmDataAsync()).Json["status"]!);
        opened = (await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{second.Id}", token: await scene.OfficerAsync())).Json;
        Assert.Equal("""["us_relation","foreign_taxpayer"] US 123-45-6789""", $"{opened["reasons"]!.ToJsonString()} {opened["taxStatus"]!["taxCountry"]} {opened["taxStatus"]!["taxNumber"]}");
        await scene.SleepAsync(TimeSpan.FromHours(17));
        Assert.Equal(200, (await late.EnterAsync("resume")).Status);
        Assert.Equal("503 screening_unavailable", (await late.ConfirmDataAsync()).ToString());
        Assert.Equal("data_pending confirm_data", await late.StandAsync());
        await scene.KnobsAsync("sanctions", null);
        await Eventually.IsTrueAsync(async () => (await late.ConfirmDataAsync()).Status is 200 or 409);
        Assert.Equal("contract_pending confirm_contract", await late.StandAsync());
    }

    /// <summary>A system of the back office says who has decided: it must be two people whom the desk knows as compliance's, as at the desk.</summary>
    private async Task DecideBySystemAsync(Applicant applicant)
    {
        Assert.Equal("403 decider_not_known", await SayAsync("approve", "officer-unseen"));
        foreach (var officer in new[] { "officer-31", "officer-32" })
            Assert.Equal(200, (await scene.Bank.CallAsync("GET", "backoffice/v1/desk/queues", token: await scene.OfficerAsync(officer))).Status);
        var dealer = await scene.Bank.TokenAsync(new() { ["staff"] = "dealer-31", ["roles"] = "treasury" });
        Assert.Equal(200, (await scene.Bank.CallAsync("GET", "backoffice/v1/desk/queues", token: dealer)).Status);
        Assert.Equal("403 decider_not_known", await SayAsync("approve", "dealer-31"));

        // The first word, twice; it is no decision yet, and not confirmed by whoever said it.
        Assert.Equal("204", await SayAsync("approve", "officer-31"));
        Assert.Equal("204", await SayAsync("approve", "officer-31"));
        Assert.Equal(1, await TrailAsync("change_proposed", "officer-31", applicant));
        Assert.Equal("403 four_eyes_required", await SayAsync("confirm_proposal", "officer-31"));
        Assert.Equal("identity_review await_review", await applicant.StandAsync());
        Assert.Equal("204", await SayAsync("confirm_proposal", "officer-32"));
        Assert.Equal(1, await TrailAsync("change_applied", "officer-32", applicant));
        Assert.Equal("409 review_not_open", await SayAsync("approve", "officer-32"));

        async Task<string> SayAsync(string decision, string actor)
        {
            var data = new JsonObject
            {
                ["queue"] = "compliance",
                ["caseId"] = applicant.Id,
                ["decision"] = decision,
                ["reason"] = decision == "approve" ? "Person tjeter" : null,
                ["actor"] = actor,
                ["decisionId"] = $"{actor}-{decision}-{applicant.Id}",
            };
            return (await scene.Bank.TellAsync(
                "back-office", "whsec_c2FuZGJveCBvbmx5LCBiYWNrIG9mZmljZS4uLi4uLi4=", $"msg-{Guid.NewGuid():N}", scene.Now,
                new JsonObject { ["type"] = "case.decided", ["data"] = data }.ToJsonString())).ToString().Trim();
        }
    }

    private Applicant Named(string givenNames, string surname, string birthDate)
    {
        var plain = scene.Newcomer();
        return new Applicant(scene, plain.Email, plain.PersonalId, plain.Mobile) { GivenNames = givenNames, Surname = surname, BirthDate = birthDate };
    }

    private async Task<Applicant> ConsentedAsync(string birthDate = "2000-01-01")
    {
        var applicant = Named("Drita", "Kola", birthDate);
        Assert.Equal(201, (await applicant.EnterAsync()).Status);
        Assert.Equal(200, (await applicant.ConsentAsync()).Status);
        return applicant;
    }

    private static async Task<string> FailureAsync(Applicant applicant)
    {
        var json = (await applicant.GetAsync()).Json;
        return $"{json["status"]} {json["next"]} {json["failure"]}";
    }

    private async Task<int> TrailAsync(string action, string actor, Applicant? about = null)
    {
        var trail = await scene.Bank.CallAsync(
            "GET", $"backoffice/v1/audit?action={action}&actor={actor}{(about is null ? "" : $"&resource={Uri.EscapeDataString($"onboarding/{about.Id}")}")}",
            token: await scene.Bank.TokenAsync(new() { ["staff"] = "auditor", ["roles"] = "auditor" }));
        return trail.Json["items"]!.AsArray().Count;
    }

    private JsonObject Result(string session, Applicant applicant, string result) => new()
    {
        ["sessionId"] = session,
        ["result"] = result,
        ["reasons"] = new JsonArray(),
        ["confidence"] = 0.97,
        ["liveness"] = true,
        ["evidence"] = new JsonArray(),
        ["completedAt"] = scene.Now.UtcDateTime.ToString("O"),
        ["document"] = new JsonObject
        {
            ["type"] = "identity_card",
            ["number"] = "AB1234567",
            ["issuingCountry"] = "ALB",
            ["personalNumber"] = applicant.PersonalId,
            ["surname"] = "Kola",
            ["givenNames"] = "Drita",
            ["birthDate"] = "2000-01-01",
            ["expiresOn"] = "2030-01-01",
        },
    };

    private Task<Answer> TellAsync(string type, JsonObject data, string id, DateTimeOffset? at = null, string? signature = null)
    {
        var (body, seconds) = (new JsonObject { ["type"] = type, ["timestamp"] = "2027-03-03T10:00:00Z", ["data"] = data.DeepClone() }.ToJsonString(), (at ?? scene.Now).ToUnixTimeSeconds());
        var signed = signature ?? "v1," + Convert.ToBase64String(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{id}.{seconds}.{body}")));
        return scene.Bank.CallAsync("POST", "webhooks/video-kyc", body, change: request =>
        {
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", $"{seconds}");
            request.Headers.Add("webhook-signature", signed);
        });
    }
}

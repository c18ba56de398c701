using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Tests.Fx;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Desk;

/// <summary>What partners tell: trusted by its signature alone, handled once, never lost.</summary>
[Collection(FxBank.Name)]
public sealed class PartnerWebhookTests(FxBank scene)
{
    private const string First = "whsec_Zmlyc3QgZmlyc3QgZmlyc3QgZmlyc3Q=";
    private const string Second = "whsec_c2Vjb25kIHNlY29uZCBzZWNvbmQgc2Vj";
    private const string Body = """{"type":"thing.happened","data":{"note":"QWERTYUIOPASDFGH"}}""";

    [Fact, ProvesRace("Webhooks_ReplayMessage"), Rehearses("partner-messages-kept")]
    public async Task A_message_is_trusted_by_either_secret_handled_once_and_kept_when_it_fails_again_and_again()
    {
        var partner = scene.Stubborn;
        partner.Secrets = [First];
        Assert.Equal("204", (await TellAsync("m-1", First)).ToString().Trim());
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("m-2", Second)).ToString());
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("m-2", First, at: TimeSpan.FromMinutes(-6))).ToString());
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("m-2", First, at: TimeSpan.FromMinutes(6))).ToString());
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("m-2", First, signedBody: "{}")).ToString());
        Assert.Equal("400 invalid_input\n/type webhook_not_understood", (await TellAsync("m-0", First, body: "{}")).ToString());

        // While the secret is being changed both are good; afterwards the new one.
        partner.Secrets = [First, Second];
        Assert.Equal(204, (await TellAsync("m-2", Second)).Status);
        Assert.Equal(204, (await TellAsync("m-3", First)).Status);
        partner.Secrets = [Second];
        Assert.Equal("401 webhook_not_trusted", (await TellAsync("m-4", First)).ToString());

        // The same again, signed anew as every attempt is, is answered and not handled.
        Assert.Equal(204, (await TellAsync("m-1", Second)).Status);
        Assert.Equal(["m-1", "m-2", "m-3"], partner.Handled);

        // It fails, the partner sends it again; the fifth time the bank takes it, and the staff have it.
        partner.Fails = true;
        for (var attempt = 1; attempt < 5; attempt++)
            Assert.Equal(500, (await TellAsync("m-5", Second)).Status);
        Assert.Equal(204, (await TellAsync("m-5", Second)).Status);
        Assert.Contains(scene.Log.Lines, line => line.Contains("A message of stubborn has failed 5 times and is kept for the staff", StringComparison.Ordinal));
        var administrator = await scene.Bank.TokenAsync(new() { ["staff"] = "administrator-1", ["roles"] = "administrator" });
        var listed = await scene.Bank.CallAsync("GET", "backoffice/v1/failed-messages?limit=100", token: administrator);
        var kept = Assert.Single(listed.Json["items"]!.AsArray(), one => (string)one!["type"]! == "thing.happened")!;
        Assert.Equal("stubborn 5 internal_error true", $"{kept["partner"]} {kept["failures"]} {kept["failure"]} {kept["isKept"]!.ToJsonString()}");
        Assert.DoesNotContain("QWERTY", listed.Text, StringComparison.Ordinal);
        var planted = new Secrets();
        planted.Add("content", "QWERTYUIOPASDFGH");
        Assert.Empty(await scene.Bank.FindSecretsAsync(secrets: planted));

        var replay = $"backoffice/v1/failed-messages/{kept["id"]}/replay";
        Assert.Equal("409 message_still_fails internal_error", await StillAsync(replay, administrator));
        partner.Fails = false;
        using var client = scene.Bank.Client(administrator);
        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, $"api/{replay}"), () => Task.FromResult(partner.Handled.Where(id => id == "m-5").Distinct().Count()), doneAlready: "404 failed_message_not_found");
        Assert.DoesNotContain((string)kept["id"]!, (await scene.Bank.CallAsync("GET", "backoffice/v1/failed-messages?limit=100", token: administrator)).Text, StringComparison.Ordinal);
        var handled = partner.Handled.Count;
        Assert.Equal(204, (await TellAsync("m-5", Second)).Status);
        Assert.Equal(handled, partner.Handled.Count);

        // Ids are forgotten when nobody sends them any more.
        var options = scene.Bank.Host.Services.GetRequiredService<IOptions<WebhooksOptions>>().Value;
        options.MessagesKeptDays = -1;
        await scene.Bank.Host.FireTimerAsync("Webhooks_EraseOld");
        options.MessagesKeptDays = 7;
        Assert.Equal(204, (await TellAsync("m-5", Second)).Status);
        Assert.Equal(handled + 1, partner.Handled.Count);
    }

    /// <summary>A system sends what a person has decided: the bank knows the person, their roles and the case, and the person answers for it.</summary>
    [Fact, Requirement("FX-23")]
    public async Task A_back_offices_system_sends_decisions_of_people_whom_the_bank_knows()
    {
        await scene.OpenAsync();
        var (customer, id) = await DeskTests.AskedAsync(scene);
        Assert.Equal("403 decider_not_known", await SendAsync(id, "dealer-unseen", "d-1"));

        // Seen at the desk with the role; another one with another role.
        Assert.Equal(200, (await scene.Bank.CallAsync("GET", "backoffice/v1/desk/queues", token: await scene.DealerAsync("dealer-7"))).Status);
        var officer = await scene.Bank.TokenAsync(new() { ["staff"] = "officer-7", ["roles"] = "compliance" });
        Assert.Equal(200, (await scene.Bank.CallAsync("GET", "backoffice/v1/desk/queues", token: officer)).Status);
        Assert.Equal("403 decider_not_known", await SendAsync(id, "officer-7", "d-2"));
        Assert.Equal("422 rate_out_of_band", await SendAsync(id, "dealer-7", "d-3", "9.84"));
        Assert.Equal("404 desk_case_not_found", await SendAsync(Guid.NewGuid(), "dealer-7", "d-4"));

        Assert.Equal("204", await SendAsync(id, "dealer-7", "d-5"));
        Assert.Equal("204", await SendAsync(id, "dealer-7", "d-5"));
        Assert.Equal("409 rate_request_decided", await SendAsync(id, "dealer-7", "d-6", "98.50"));
        var request = (await customer.GetAsync($"v1/fx/rate-requests/{id}")).Json;
        Assert.Equal("confirmed 98.40", $"{request["status"]} {request["confirmedRate"]}");
        var auditor = await scene.Bank.TokenAsync(new() { ["staff"] = "auditor", ["roles"] = "auditor" });
        var trail = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?resource=rate-request/{id:D}", token: auditor);
        Assert.Equal(["dealer-7 rate_request_confirmed"], trail.Json["items"]!.AsArray().Select(one => $"{one!["actor"]} {one["action"]}"));
        Assert.Single(await scene.PushesAsync(customer), push => push.Contains("98.40", StringComparison.Ordinal));

        // By the sandbox's own back office, over the wire as a partner sends it.
        var (_, other) = await DeskTests.AskedAsync(scene);
        using var sent = await scene.Bank.Sandbox.PostAsync("back-offices/back-office/decisions", HttpBank.Json(Data(other, "dealer-7", "d-8", "98.40").ToJsonString()));
        Assert.Equal(202, (int)sent.StatusCode);
        await Eventually.IsTrueAsync(async () => (await scene.Bank.CallAsync(
            "GET", $"backoffice/v1/desk/queues/treasury/cases/{other}", token: await scene.DealerAsync())).Text.Contains("\"confirmed\"", StringComparison.Ordinal));
    }

    private static JsonObject Data(Guid id, string actor, string decision, string rate) => new()
    {
        ["queue"] = "treasury",
        ["caseId"] = id.ToString(),
        ["decision"] = "confirm_rate",
        ["fields"] = new JsonObject { ["rate"] = rate },
        ["actor"] = actor,
        ["decisionId"] = decision,
    };

    /// <summary>Every time as a message of its own: what a system that is not sure does.</summary>
    private async Task<string> SendAsync(Guid id, string actor, string decision, string rate = "98.40")
    {
        var body = new JsonObject { ["type"] = "case.decided", ["data"] = Data(id, actor, decision, rate) }.ToJsonString();
        var answer = await TellAsync($"msg-{Guid.NewGuid():N}", "whsec_c2FuZGJveCBvbmx5LCBiYWNrIG9mZmljZS4uLi4uLi4=", body: body, partner: "back-office");
        return answer.ToString().Trim();
    }

    private async Task<string> StillAsync(string path, string token)
    {
        var answer = await scene.Bank.CallAsync("POST", path, token: token);
        return $"{answer} {answer.Json["failure"]}";
    }

    private Task<Answer> TellAsync(string id, string secret, TimeSpan at = default, string body = Body, string? signedBody = null, string partner = StubbornPartner.Name) =>
        scene.Bank.TellAsync(partner, secret, id, scene.Now + at, body, signedBody);
}

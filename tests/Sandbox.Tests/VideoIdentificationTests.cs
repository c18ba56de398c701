using System.Text.Json.Nodes;

namespace Serverless.Sandbox.Tests;

public sealed class VideoIdentificationTests
{
    private const string Address = "/video-identifiers/video-kyc";
    private const string Wanted = """{"sessionId":"s-1","documentType":"identity_card","language":"sq"}""";
    private const string Person = "\"personalNumber\":\"J45678901A\",\"surname\":\"Hoxha\",\"givenNames\":\"Arta\",\"birthDate\":\"1990-05-15\"";

    [Fact]
    public async Task A_session_is_opened_once_and_what_was_filmed_is_told_once_signed()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));

        var opened = await sandbox.PostAsync($"{Address}/sessions", Wanted);
        Assert.Equal((201, "open"), (opened.Status, (string?)opened.Json["status"]));
        Assert.Equal((200, (string?)opened.Json["captureUrl"]), (await sandbox.PostAsync($"{Address}/sessions", Wanted) is var again ? again.Status : 0, (string?)again.Json["captureUrl"]));
        Assert.Equal("session_id_reused", (string?)(await sandbox.PostAsync($"{Address}/sessions", Wanted.Replace("identity_card", "passport", StringComparison.Ordinal))).Json["code"]);
        var capture = new Uri((string)opened.Json["captureUrl"]!).AbsolutePath;
        Assert.Contains("Be filmed", (await sandbox.GetAsync(capture)).Text, StringComparison.Ordinal);
        Assert.Equal("started", (string?)(await sandbox.GetAsync($"{Address}/sessions/s-1")).Json["status"]);

        Assert.Equal(200, (await FilmAsync(sandbox, capture, "verified")).Status);
        Assert.Equal("409 session_over", await FilmAsync(sandbox, capture, "mismatch") is var late ? $"{late.Status} {late.Json["code"]}" : "");

        // Sent one after the other, and whoever receives them gets them in any order.
        var told = (await bank.WaitForAsync(2)).OrderBy(webhook => (string)webhook.Json["type"]!, StringComparer.Ordinal).ToArray();
        Assert.Equal(["identification.completed", "identification.started"], told.Select(webhook => (string)webhook.Json["type"]!));
        Assert.All(told, webhook => Assert.Equal("POST /api/webhooks/video-kyc", webhook.Call));
        Assert.All(told, webhook => Assert.True(webhook.IsSignedWith("whsec_c2FuZGJveCBvbmx5LCB2aWRlby1reWMuLi4uLi4uLi4=")));
        var data = told[0].Json["data"]!;
        Assert.Equal("s-1 approved 0.97 true", $"{data["sessionId"]} {data["result"]} {data["confidence"]} {data["liveness"]}");
        Assert.Equal("identity_card ALB J45678901A Hoxha Arta 1990-05-15", Read(data["document"]!));
        Assert.Equal(data.ToJsonString(), (await sandbox.GetAsync($"{Address}/sessions/s-1")).Json["result"]!.ToJsonString());
        Assert.Equal(200, (await sandbox.GetAsync($"{Address}/sessions/s-1/evidence/face")).Status);
        Assert.Equal(404, (await sandbox.GetAsync($"{Address}/sessions/s-1/evidence/passport")).Status);
    }

    [Theory]
    [InlineData("low_confidence", "review low_confidence J45678901A true")]
    [InlineData("mismatch", "approved  F00101999W true")]
    [InlineData("liveness_failed", "rejected liveness_failed J45678901A false")]
    [InlineData("expired_document", "rejected document_expired J45678901A true")]
    [InlineData("unreadable", "rejected document_unreadable  true")]
    public async Task It_goes_as_the_person_chooses(string outcome, string told)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var capture = await OpenAsync(sandbox);

        await FilmAsync(sandbox, capture, outcome);

        var result = (await sandbox.GetAsync($"{Address}/sessions/s-1")).Json["result"]!;
        Assert.Equal(told, $"{result["result"]} {string.Join(',', result["reasons"]!.AsArray())} {result["document"]?["personalNumber"]} {((bool)result["liveness"]! ? "true" : "false")}");
    }

    [Fact]
    public async Task Who_goes_away_may_come_back_until_the_session_runs_out()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var capture = await OpenAsync(sandbox);
        Assert.Equal("started", (string?)(await FilmAsync(sandbox, capture, "abandoned")).Json["status"]);

        await sandbox.PostAsync("/clock", """{"advance":"00:30:01"}""");

        await Eventually.Async(() => TypesAsync(sandbox), types => types.SequenceEqual(["identification.expired", "identification.started"]));
        Assert.Equal("expired", (string?)(await sandbox.GetAsync($"{Address}/sessions/s-1")).Json["status"]);
        Assert.Equal(409, (await FilmAsync(sandbox, capture, "verified")).Status);
        Assert.Contains("This session is over", (await sandbox.GetAsync(capture)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_knobs_make_it_late_double_and_out_of_order()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));
        await sandbox.PutAsync("/knobs/video-kyc", """{"pendingRate":1,"settleAfterMs":3600000,"duplicateAnswers":true,"outOfOrder":true}""");
        await FilmAsync(sandbox, await OpenAsync(sandbox), "verified");
        Assert.Empty(bank.Received);

        await sandbox.PostAsync("/clock", """{"advance":"01:00:00"}""");
        await bank.WaitForAsync(2);
        await sandbox.PostAsync("/clock", """{"advance":"00:00:01"}""");

        var told = await bank.WaitForAsync(4);
        Assert.Equal(["identification.completed", "identification.completed", "identification.started", "identification.started"], told.Select(webhook => (string)webhook.Json["type"]!));
        Assert.Equal(2, told.Select(webhook => webhook.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_session_can_be_cancelled_and_nonsense_is_named()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var capture = await OpenAsync(sandbox);

        Assert.Equal("cancelled", (string?)(await sandbox.PostAsync($"{Address}/sessions/s-1/cancellation")).Json["status"]);
        Assert.Equal(200, (await sandbox.PostAsync($"{Address}/sessions/s-1/cancellation")).Status);
        Assert.Equal(409, (await FilmAsync(sandbox, capture, "verified")).Status);
        Assert.Equal(404, (await sandbox.GetAsync($"{Address}/sessions/s-2")).Status);
        Assert.Equal(404, (await sandbox.GetAsync($"{Address}/captures/nobodys")).Status);
        Assert.Equal(
            ["/documentType", "/language", "/sessionId"],
            (await sandbox.PostAsync($"{Address}/sessions", """{"sessionId":"s 1","language":"de"}""")).Json["errors"]!.AsArray().Select(fault => (string)fault!["pointer"]!));
        Assert.Equal(
            ["/birthDate", "/givenNames", "/outcome", "/personalNumber", "/surname"],
            (await sandbox.PostAsync(capture, "{}")).Json["errors"]!.AsArray().Select(fault => (string)fault!["pointer"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_page_does_the_same_by_a_form()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var capture = await OpenAsync(sandbox);

        var page = await sandbox.FormAsync(
            capture, ("personalNumber", "J45678901A"), ("surname", "Hoxha"), ("givenNames", "Arta"), ("birthDate", "1990-05-15"), ("expiresOn", "2031-01-01"),
            ("number", "AB1234567"), ("outcome", "LowConfidence"));

        Assert.Contains("Go back to the bank's app", page.Text.Replace("&#x27;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("review", (string?)(await sandbox.GetAsync($"{Address}/sessions/s-1")).Json["result"]!["result"]);
    }

    private static async Task<string> OpenAsync(SandboxHost sandbox) =>
        new Uri((string)(await sandbox.PostAsync($"{Address}/sessions", Wanted)).Json["captureUrl"]!).AbsolutePath;

    private static Task<Answer> FilmAsync(SandboxHost sandbox, string capture, string outcome) =>
        sandbox.PostAsync(capture, $$"""{"outcome":"{{outcome}}",{{Person}}}""");

    private static async Task<string[]> TypesAsync(SandboxHost sandbox) =>
        [.. (await sandbox.GetAsync("/webhooks/sent?partner=video-kyc")).Json["webhooks"]!.AsArray().Select(sent => (string)sent!["type"]!)];

    private static string Read(JsonNode document) => string.Join(
        ' ', new[] { "type", "issuingCountry", "personalNumber", "surname", "givenNames", "birthDate" }.Select(member => (string)document[member]!));
}

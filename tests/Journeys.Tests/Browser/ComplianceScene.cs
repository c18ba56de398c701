using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>A newcomer of whom the provider of video identification is not sure: compliance has to look.</summary>
internal sealed partial class ComplianceScene
{
    private readonly HttpBank bank;
    private string token = "";

    private ComplianceScene(HttpBank bank) => this.bank = bank;

    public static async Task<ComplianceScene> HeldAsync(HttpBank bank)
    {
        var scene = new ComplianceScene(bank);
        await scene.ApplyAsync("drita.kola@example.com", "K05515042W");
        return scene;
    }

    public async Task<string> StatusAsync() => (string)(await SendAsync(HttpMethod.Get, "application"))["status"]!;

    private async Task ApplyAsync(string email, string personalId)
    {
        var sent = await SendAsync(HttpMethod.Post, "email-codes", new JsonObject { ["email"] = email, ["personalId"] = personalId, ["language"] = "en" });
        var code = await CodeAsync(email);
        var entered = await SendAsync(HttpMethod.Post, "applications", new JsonObject { ["challenge"] = (string)sent["challenge"]!, ["code"] = code, ["installationId"] = Guid.NewGuid().ToString() });
        token = (string)entered["applicationToken"]!;
        var consents = (await SendAsync(HttpMethod.Get, "consents"))["documents"]!.AsArray()
            .Select(one => (JsonNode)new JsonObject { ["document"] = (string)one!["document"]!, ["version"] = (string)one["version"]! });
        await SendAsync(HttpMethod.Post, "application/consents", new JsonObject { ["consents"] = new JsonArray([.. consents]) });
        var video = await SendAsync(HttpMethod.Post, "application/video-sessions", new JsonObject { ["documentType"] = "identity_card" });
        using var filmed = await bank.Sandbox.PostAsync(new Uri((string)video["captureUrl"]!), HttpBank.Json(new JsonObject
        {
            ["outcome"] = "low_confidence",
            ["personalNumber"] = personalId,
            ["surname"] = "Kola",
            ["givenNames"] = "Drita",
            ["birthDate"] = "2000-05-15",
        }.ToJsonString()));
        filmed.EnsureSuccessStatusCode();
        await Eventually.IsTrueAsync(async () =>
        {
            await bank.WhenIdleAsync();
            return await StatusAsync() == "identity_review";
        });
    }

    private async Task<string> CodeAsync(string email)
    {
        await bank.WhenIdleAsync();
        var inbox = JsonNode.Parse(await bank.Sandbox.GetStringAsync("inbox/messages?channel=email"))!["messages"]!.AsArray();
        return SixDigits().Match((string)inbox.First(message => (string)message!["to"]! == email)!["text"]!).Value;
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonObject? json = null)
    {
        using var request = new HttpRequestMessage(method, $"api/public/v1/onboarding/{path}");
        if (json is not null)
            request.Content = HttpBank.Json(json.ToJsonString());
        if (token.Length > 0)
            request.Headers.Add("Application-Token", token);
        using var answer = await bank.Anonymous.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}

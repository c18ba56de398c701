using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Applications;

/// <summary>The cards queue at the back office's desk (PROD-34).</summary>
[Collection(ApplicationsBank.Name)]
public sealed class CardsDeskTests(ApplicationsBank scene)
{
    private const string Doubtful = """
        {"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2024-01-15","obligations":[{"lender":"Banka tjeter","kind":"loan",
        "outstanding":{"amount":"900000.00","currency":"ALL"},"monthlyInstalment":{"amount":"24000.00","currency":"ALL"},"daysPastDue":10}]}
        """;

    [Fact, Requirement("PROD-34"), Requirement("PROD-13")]
    public async Task One_proposes_at_the_desk_and_another_confirms()
    {
        var arta = await scene.ApplicantAsync(Doubtful);
        var (id, account) = await arta.SubmitOverdraftAsync("80000.00", "240000.00");
        var listed = (await CallAsync("GET", "queues/cards/cases?limit=100")).Json["items"]!.AsArray().Single(one => (string)one!["id"]! == id.ToString())!;
        Assert.Equal("overdraft_application 240000.00 ALL in_review desk", $"{listed["kind"]} {listed["title"]} {listed["state"]} {listed["waitsFor"]}");
        var file = (await CallAsync("GET", $"queues/cards/cases/{id}")).Json;
        Assert.Contains(file["facts"]!.AsArray(), fact => $"{fact!["label"]}={fact["value"]}" == "instalments=24000.00 ALL");
        Assert.Equal("approve(limit) decline()", Choices(file));

        Assert.Equal("400 invalid_input\n/reason desk_field_wrong", (await DecideAsync(id, """{"decision":"decline"}""")).ToString());
        var key = Guid.NewGuid().ToString("N");
        var proposed = await DecideAsync(id, """{"decision":"approve","fields":[{"name":"limit","value":"240000.00 ALL"}],"reason":"Te ardhura"}""", key: key);
        Assert.Equal("approve by cards-1 second_person confirm_proposal() refuse_proposal()", $"{proposed.Json["proposal"]!["decision"]} by {proposed.Json["proposal"]!["by"]} {proposed.Json["case"]!["waitsFor"]} {Choices(proposed.Json)}");
        Assert.Equal(proposed.Text, (await DecideAsync(id, """{"decision":"approve","fields":[{"name":"limit","value":"240000.00 ALL"}],"reason":"Te ardhura"}""", key: key)).Text);
        Assert.Equal("403 four_eyes_required", (await DecideAsync(id, """{"decision":"confirm_proposal"}""")).ToString());

        // Nor by a system of the back office, which says who has decided.
        Assert.Equal("403 decider_not_known", await SendAsync(id, "cards-1"));
        foreach (var officer in new[] { "cards-1", "cards-2" })
            Assert.Equal(200, (await scene.Bank.CallAsync("GET", "backoffice/v1/desk/queues", token: await scene.OfficerAsync(officer))).Status);
        Assert.Equal("403 four_eyes_required", await SendAsync(id, "cards-1"));
        Assert.Equal("204", await SendAsync(id, "cards-2"));
        await scene.Bank.WhenIdleAsync();
        Assert.Equal("active overdraft none 240000.00 ALL", await arta.StandsAsync(id));
        Assert.Equal("240000.00 ALL", await arta.OverdraftOfAsync(account));
        Assert.Equal(
            "draft by customer,submitted by customer,in_review by ,approved by cards-1,active by ",
            string.Join(',', (await CallAsync("GET", $"queues/cards/cases/{id}")).Json["timeline"]!.AsArray().Select(step => $"{step!["what"]} by {step["by"]}")));
    }

    private async Task<string> SendAsync(Guid id, string actor)
    {
        var data = new JsonObject { ["queue"] = "cards", ["caseId"] = id.ToString(), ["decision"] = "confirm_proposal", ["actor"] = actor, ["decisionId"] = $"{actor}-{Guid.NewGuid():N}" };
        return (await scene.Bank.TellAsync(
            "back-office", "whsec_c2FuZGJveCBvbmx5LCBiYWNrIG9mZmljZS4uLi4uLi4=", $"msg-{Guid.NewGuid():N}", scene.Bank.Host.Clock.GetUtcNow(),
            new JsonObject { ["type"] = "case.decided", ["data"] = data }.ToJsonString())).ToString().Trim();
    }

    private static string Choices(JsonNode file) => string.Join(' ', file["decisions"]!.AsArray().Select(choice =>
        $"{choice!["code"]}({string.Join(',', choice["fields"]!.AsArray().Select(field => (string)field!["name"]!))})"));

    private async Task<Answer> CallAsync(string method, string path) => await scene.Bank.CallAsync(method, $"backoffice/v1/desk/{path}", token: await scene.OfficerAsync());

    private async Task<Answer> DecideAsync(Guid id, string body, string officer = "cards-1", string? key = null) => await scene.Bank.CallAsync(
        "POST", $"backoffice/v1/desk/queues/cards/cases/{id}/decisions", body, await scene.OfficerAsync(officer), TransferBank.WithKey(key));
}

using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Envelope;

[Collection(EnvelopeCollection.Name)]
public sealed class ComplaintTests(EnvelopeBank scene)
{
    [Fact, Requirement("NOTE-02"), Requirement("NOTE-03"), Requirement("NOTE-04"), Requirement("NOTE-20")]
    public async Task A_complaint_is_confirmed_assigned_answered_and_closed()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        foreach (var (body, refusal) in new[]
        {
            ("""{"details":"x"}""", "/type required"), ("""{"type":"complaint"}""", "/details required"), ("""{"type":"complaint","details":" "}""", "/details blank"),
            ($$"""{"type":"suggestion","details":"{{new string('x', 2001)}}"}""", "/details too_long"), ("""{"type":"praise","details":"x"}""", "/type unknown_code"),
        })
        {
            Assert.Equal($"400 invalid_input\n{refusal}", (await arta.PostAsync("requests", JsonNode.Parse(body))).ToString());
        }

        var made = await SendAsync(arta, "complaint", "Bankomati në Durrës nuk punon.", "key-1");
        Assert.Equal((201, "received"), (made.Status, (string)made.Json["status"]!));
        Assert.Equal(made.Text, (await SendAsync(arta, "complaint", "Bankomati në Durrës nuk punon.", "key-1")).Text);
        Assert.Equal("422 idempotency_key_reused", (await SendAsync(arta, "suggestion", "Tjetër", "key-1")).ToString());
        var number = (string)made.Json["number"]!;
        Assert.Equal([$"We have received your message: Request {number} is being looked at. We will answer in the app."], await arta.PushesAsync());

        // Newest first; nobody else's; five a day.
        var suggestion = (string)(await SendAsync(arta, "suggestion", new string('x', 2000))).Json["number"]!;
        Assert.Equal([suggestion, number], (await arta.GetAsync("requests")).Json["items"]!.AsArray().Select(it => (string)it!["number"]!));
        Assert.Equal("404 service_request_not_found", (await drita.GetAsync($"requests/{number}")).ToString());
        for (var i = 3; i <= 5; i++)
            Assert.Equal(201, (await SendAsync(arta, "suggestion", $"Ide {i}")).Status);
        Assert.Equal("422 too_many_service_requests", (await SendAsync(arta, "suggestion", "Ide 6")).ToString());
        Assert.Equal(201, (await SendAsync(arta, "complaint", "Bankomati në Durrës nuk punon.", "key-1")).Status);
        Assert.Equal(5, (int)(await arta.GetAsync("hub")).Json["openRequests"]!);

        // Staff: the list, an officer, an answer, the end.
        var address = $"customers/{arta.Number}/service-requests/{number}";
        var open = (await scene.StaffAsync("GET", "service-requests?limit=100")).Json["items"]!.AsArray();
        Assert.Equal("2027-03-17", (string)open.Single(it => (string)it!["number"]! == number)!["answerBy"]!);
        Assert.Null(open.Single(it => (string)it!["number"]! == suggestion)!["answerBy"]);
        var assigned = await scene.StaffAsync("PUT", $"{address}/assignee", """{"officer":"officer-1"}""");
        Assert.Equal("in_progress officer-1", $"{assigned.Json["status"]} {assigned.Json["assignee"]}");
        var answered = await scene.StaffAsync("POST", $"{address}/answers", """{"text":"Do ta rregullojmë.","newStatus":"answered"}""", "a-1");
        Assert.Equal((201, "answered"), (answered.Status, (string)answered.Json["status"]!));
        Assert.Equal(answered.Text, (await scene.StaffAsync("POST", $"{address}/answers", """{"text":"Do ta rregullojmë.","newStatus":"answered"}""", "a-1")).Text);
        Assert.Equal("422 idempotency_key_reused", (await scene.StaffAsync("POST", $"{address}/answers", """{"text":"Jo.","newStatus":"closed"}""", "a-1")).ToString());
        Assert.Equal(201, (await scene.StaffAsync("POST", $"{address}/answers", """{"text":"U rregullua.","newStatus":"closed"}""", "a-2")).Status);
        Assert.Equal("409 service_request_closed", (await scene.StaffAsync("POST", $"{address}/answers", """{"text":"Edhe një.","newStatus":"answered"}""", "a-3")).ToString());
        Assert.Equal("409 service_request_closed", (await scene.StaffAsync("PUT", $"{address}/assignee", """{"officer":"officer-2"}""")).ToString());
        Assert.Equal(
            "404 service_request_not_found",
            (await scene.StaffAsync("POST", $"customers/{drita.Number}/service-requests/{number}/answers", """{"text":"x","newStatus":"closed"}""", "a-4")).ToString());

        // The customer reads both messages and had a push for each, which tells no text; the trail knows who did what.
        var read = await arta.GetAsync($"requests/{number}");
        Assert.Equal("closed", (string)read.Json["status"]!);
        Assert.Equal(["bank Do ta rregullojmë.", "bank U rregullua."], read.Json["messages"]!.AsArray().Select(it => $"{it!["from"]} {it["text"]}"));
        Assert.Equal(2, (await arta.PushesAsync()).Count(push => push == $"The bank has answered: There is an answer to your request {number}."));
        Assert.Equal(4, (int)(await arta.GetAsync("hub")).Json["openRequests"]!);
        Assert.Equal(["service_request_answered", "service_request_answered", "service_request_assigned"], await scene.AuditAsync($"service-request/{number}"));
        Assert.DoesNotContain(number, (await scene.StaffAsync("GET", "service-requests?limit=100")).Text, StringComparison.Ordinal);
    }

    [Fact, ProvesRace("Complaints_Create"), ProvesRace("Complaints_Answer"), ProvesRace("Complaints_Assign"), ProvesRace("Notifications_SaveSettings"),
     ProvesRace("Notifications_MarkRead"), ProvesRace("Notifications_MarkAllRead"), ProvesRace("Profile_AskBanker"), ProvesRace("Profile_SaveRelationship")]
    public async Task Requests_answers_and_settings_raced_with_themselves_are_done_once()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var (client, staff) = (await arta.ClientAsync(), await scene.Bank.StaffAsync());
        async Task<int> RequestsAsync() => (await arta.GetAsync("requests")).Json["items"]!.AsArray().Count;

        var made = await RaceHarness.SameKeyAsync(RaceCall.Post(client, "api/v1/requests", """{"type":"complaint","details":"Një"}"""), RequestsAsync);
        var number = (string)made.Json["number"]!;
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(client, "api/v1/requests", """{"type":"complaint","details":"Dy"}"""), """{"type":"complaint","details":"Tre"}""", async () => await RequestsAsync() - 1);

        // Two officers at the same moment: both answers are kept, or one comes too late for a closed request; never is one lost.
        var address = $"api/backoffice/v1/customers/{arta.Number}/service-requests/{number}";
        await RaceHarness.SameKeyAsync(
            RaceCall.Post(staff, $"{address}/answers", """{"text":"Po","newStatus":"answered"}"""),
            async () => (await arta.GetAsync($"requests/{number}")).Json["messages"]!.AsArray().Count);
        await RaceHarness.SameCallAsync(new RaceCall(staff, HttpMethod.Put, $"{address}/assignee", """{"officer":"officer-1"}"""), () => Task.FromResult(1));
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 6).Select(_ => RaceCall.Post(staff, $"{address}/answers", """{"text":"Fund","newStatus":"closed"}"""))],
            async () => (await arta.GetAsync($"requests/{number}")).Json["messages"]!.AsArray().Count - 1, "409 service_request_closed");
        Assert.Equal(2, (await arta.PushesAsync()).Count(push => push.StartsWith("The bank has answered", StringComparison.Ordinal)));

        // The day's limit holds when many come at once: two there, three more.
        var answers = await RaceHarness.AtOnceAsync(
            [.. Enumerable.Range(0, 8).Select(i => (RaceCall.Post(client, "api/v1/requests", $$"""{"type":"suggestion","details":"{{i}}"}"""), (string?)$"limit-{i}"))]);
        Assert.Equal(3, answers.Count(answer => answer.IsSuccess));
        Assert.All(answers, answer => Assert.True(answer.IsSuccess || answer.ToString() == "422 too_many_service_requests", answer.ToString()));

        const string settings = "api/v1/notification-settings";
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Patch, settings, """{"types":[{"typeId":"campaign","enabled":false}]}"""),
            async () => (await client.GetStringAsync(settings)).Contains("\"campaign\",\"name\":\"Offers\",\"enabled\":false", StringComparison.Ordinal) ? 1 : 0);
        var item = (string)(await arta.GetAsync("notifications?limit=1")).Json["items"]![0]!["id"]!;
        await RaceHarness.SameCallAsync(new RaceCall(client, HttpMethod.Put, $"api/v1/notifications/{item}/read"), () => Task.FromResult(1));
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Put, "api/v1/notifications/read"), async () => (int)(await arta.GetAsync("hub")).Json["unreadNotifications"]! + 1);

        await RaceHarness.SameCallAsync(
            new RaceCall(
                staff, HttpMethod.Put, $"api/backoffice/v1/customers/{arta.Number}/relationship",
                """{"branch":"Durrës","personalBanker":{"name":"Drita","phone":"+35542274567","email":"race@bank.al"}}"""),
            () => Task.FromResult(1));
        await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, "api/v1/profile/personal-banker/contact-requests", "{}"),
            async () => (await scene.InboxAsync("email")).Count(mail => (string)mail["to"]! == "race@bank.al"));
    }

    private static Task<Answer> SendAsync(Friend friend, string type, string details, string? key = null) =>
        friend.PostAsync("requests", new JsonObject { ["type"] = type, ["details"] = details }, key);
}

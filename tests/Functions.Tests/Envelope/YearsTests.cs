using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Envelope;

/// <summary>What days and years do; a bank of its own, because its clock runs far.</summary>
public sealed class YearsTests(EnvelopeBank scene) : IClassFixture<EnvelopeBank>
{
    [Fact, Requirement("NOTE-19"), Requirement("NOTE-20"), Requirement("PROF-07"), Requirement("PROF-26")]
    public async Task Hours_holidays_terms_and_retention()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));

        // Nobody assigned; then a banker, reachable from 08:30 to 16:30 (it is Monday, 11:00).
        Assert.Equal("""{"personalBanker":null,"contactable":false,"nextOpening":null}""", (await arta.GetAsync("profile/personal-banker")).Text);
        Assert.Equal("404 personal_banker_missing", (await arta.PostAsync("profile/personal-banker/contact-requests", new JsonObject())).ToString());
        await scene.StaffAsync(
            "PUT", $"customers/{arta.Number}/relationship",
            """{"branch":"Dega Durrës","personalBanker":{"name":"Drita Kola","phone":"+35542274567","email":"drita.kola@bank.al"}}""");
        var banker = (await arta.GetAsync("profile/personal-banker")).Json;
        Assert.Equal("Drita Kola +35542274567 drita.kola@bank.al true", $"{banker["personalBanker"]!["name"]} {banker["personalBanker"]!["phone"]} {banker["personalBanker"]!["email"]} {banker["contactable"]}");
        Assert.Equal("Dega Durrës", (string)(await arta.GetAsync("profile")).Json["branch"]!);
        Assert.Equal(202, (await arta.PostAsync("profile/personal-banker/contact-requests", new JsonObject { ["message"] = "Për kredinë" }, "call-1")).Status);
        Assert.Equal(202, (await arta.PostAsync("profile/personal-banker/contact-requests", new JsonObject { ["message"] = "Për kredinë" }, "call-1")).Status);
        var mail = Assert.Single(await scene.InboxAsync("email"), mail => (string)mail["to"]! == "drita.kola@bank.al");
        Assert.Equal($"Klienti {arta.Number}, {arta.Phone}: Për kredinë", (string)mail["text"]!);

        // Tuesday is made a holiday by staff: in the evening the next opening is Wednesday's.
        Assert.Equal(200, (await scene.StaffAsync("PUT", "calendar/2027-03-02", """{"name":"Ditë zie"}""", roles: "administrator", who: "admin-1")).Status);
        Assert.Equal("400 invalid_input\ndate bank_day_malformed", (await scene.StaffAsync("PUT", "calendar/2027-13-02", """{"name":"x"}""")).ToString());
        Assert.Equal(["bank_day_set"], await scene.AuditAsync("calendar/2027-03-02"));
        var complaint = (string)(await arta.PostAsync("requests", new JsonObject { ["type"] = "complaint", ["details"] = "Asnjë përgjigje" })).Json["number"]!;
        await scene.SleepUntilAsync("2027-03-01T15:30:00Z");
        await arta.SignInAsync();
        var closed = await arta.PostAsync("profile/personal-banker/contact-requests", new JsonObject());
        Assert.Equal("422 out_of_hours 2027-03-03T07:30:00Z", $"{closed.Status} {closed.Json["code"]} {closed.Json["nextOpening"]}");
        Assert.Equal("false 2027-03-03T07:30:00Z", $"{(await arta.GetAsync("profile/personal-banker")).Json["contactable"]} {(await arta.GetAsync("profile/personal-banker")).Json["nextOpening"]}");
        var year = (await scene.StaffAsync("GET", "calendar?year=2027")).Json["days"]!.AsArray();
        Assert.Equal("Ditë zie false true", year.Where(day => (string)day!["date"]! == "2027-03-02").Select(day => $"{day!["name"]} {day["open"]} {day["setByStaff"]}").Single());
        Assert.Contains(year, day => (string)day!["date"]! == "2027-11-29" && !(bool)day["setByStaff"]!);
        Assert.Equal(204, (await scene.StaffAsync("DELETE", "calendar/2027-03-02")).Status);
        Assert.Equal("2027-03-02T07:30:00Z", (string)(await arta.GetAsync("profile/personal-banker")).Json["nextOpening"]!);

        // Ten business days, the holiday and the 14th of March with its substitute among them, and nobody has answered.
        var due = (string)(await scene.StaffAsync("GET", "service-requests")).Json["items"]![0]!["answerBy"]!;
        Assert.Equal("2027-03-18", due);
        await scene.SleepUntilAsync("2027-03-18T22:00:00Z");
        Assert.DoesNotContain(await scene.InboxAsync("email"), mail => (string)mail["to"]! == EnvelopeBank.Desk);
        await scene.SleepUntilAsync("2027-03-19T00:10:00Z");
        var escalated = Assert.Single(await scene.InboxAsync("email"), mail => (string)mail["to"]! == EnvelopeBank.Desk);
        Assert.Equal($"Kërkesa {complaint} është me vonesë", (string)escalated["title"]!);
        Assert.NotNull((await scene.StaffAsync("GET", "service-requests")).Json["items"]![0]!["escalatedAt"]);
        await scene.SleepUntilAsync("2027-03-21T00:10:00Z");
        Assert.Single(await scene.InboxAsync("email"), mail => (string)mail["to"]! == EnvelopeBank.Desk);

        // Twelve months for notifications, five years for requests and approvals.
        await scene.CardAsync(arta);
        await arta.SignInAsync();
        await drita.SignInAsync();
        await NotificationTests.AskAsync(drita, await drita.KnowsAsync(arta), "1.00");
        await scene.BuyAsync(arta);
        var before = (await arta.GetAsync("notifications")).Json["items"]!.AsArray();
        Assert.Equal(3, before.Count);
        await scene.SleepUntilAsync("2028-03-19T03:00:00Z");
        await arta.SignInAsync();
        Assert.Equal(2, (await arta.GetAsync("notifications")).Json["items"]!.AsArray().Count);
        await scene.SleepUntilAsync("2028-03-22T03:00:00Z");
        await arta.SignInAsync();
        Assert.Empty((await arta.GetAsync("notifications")).Json["items"]!.AsArray());
        Assert.Single((await arta.GetAsync("approvals")).Json["items"]!.AsArray());
        foreach (var spring in new[] { "2029-03-01", "2030-03-01", "2031-03-01", "2032-03-01" })
            await scene.SleepUntilAsync($"{spring}T03:00:00Z");
        await arta.SignInAsync();
        Assert.Equal(complaint, (string)(await arta.GetAsync("requests")).Json["items"]![0]!["number"]!);
        Assert.Single((await arta.GetAsync("approvals")).Json["items"]!.AsArray());
        await scene.SleepUntilAsync("2032-03-02T03:00:00Z");
        await arta.SignInAsync();
        Assert.Empty((await arta.GetAsync("requests")).Json["items"]!.AsArray());
        await scene.SleepUntilAsync("2032-03-22T03:00:00Z");
        await arta.SignInAsync();
        Assert.Empty((await arta.GetAsync("approvals")).Json["items"]!.AsArray());
    }
}

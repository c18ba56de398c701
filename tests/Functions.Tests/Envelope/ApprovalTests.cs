using System.Text;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Envelope;

[Collection(EnvelopeCollection.Name)]
public sealed class ApprovalTests(EnvelopeBank scene)
{
    [Fact, Requirement("NOTE-08"), Requirement("NOTE-09"), Requirement("NOTE-10"), Requirement("NOTE-11"), Requirement("NOTE-17"), Requirement("AUTH-29")]
    public async Task A_card_purchase_is_asked_decided_once_and_told_to_the_card_server()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        await scene.CardAsync(arta);
        var approved = await scene.BuyAsync(arta, "25.00");
        var pending = (await arta.GetAsync("approvals?status=pending")).Json["items"]!.AsArray().Single()!;
        var id = (string)pending["id"]!;
        Assert.Equal(
            "card_purchase pending Libraria Adrion AL 25.00 EUR •••• 4242",
            $"{pending["kind"]} {pending["status"]} {pending["purchase"]!["merchant"]} {pending["purchase"]!["country"]} {Friend.Amount(pending["purchase"]!["amount"])} {pending["purchase"]!["card"]}");
        Assert.Equal(1, (int)(await arta.GetAsync("hub")).Json["pendingApprovals"]!);
        Assert.Equal("nothing", await scene.ToldAsync(approved));
        Assert.Equal("25.00 EUR at Libraria Adrion with card •••• 4242. Open the app to approve or reject it.", (await arta.PushesAsync()).Single().Split(": ", 2)[1]);

        // The same again, under another message id, under the same, too late, by somebody else.
        var again = await scene.WebhookAsync("purchase.authentication_requested", scene.Purchase(arta, approved), "msg-again");
        Assert.Equal("""{"transactionId":"tx","status":"pending","askByCode":false}""", again.Text.Replace(approved, "tx", StringComparison.Ordinal));
        Assert.Equal(again.Text, (await scene.WebhookAsync("purchase.authentication_requested", scene.Purchase(arta, approved), "msg-again")).Text);
        var old = scene.Bank.Host.Clock.GetUtcNow().AddMinutes(-6).ToUnixTimeSeconds();
        Assert.Equal("401 webhook_not_trusted", (await scene.WebhookAsync("purchase.authentication_requested", scene.Purchase(arta, approved), "msg-old", old)).ToString());
        Assert.Equal("401 webhook_not_trusted", (await scene.WebhookAsync("purchase.authentication_requested", scene.Purchase(arta, approved), "msg-x", signature: "v1,AAAA")).ToString());
        Assert.Equal("400 invalid_input\n/data webhook_not_understood", (await scene.WebhookAsync("purchase.authentication_requested", new JsonObject { ["transactionId"] = "x" }, "msg-y")).ToString());
        Assert.Equal("404 card_unknown", (await scene.WebhookAsync("purchase.authentication_requested", scene.Purchase(drita, "tx-nobody"), "msg-z")).ToString());
        Assert.Single(await arta.PushesAsync());

        // The decision: strongly confirmed, the owner's, once. Whoever has the token alone decides nothing.
        foreach (var decision in new[] { "approve", "reject" })
        {
            var unconfirmed = await scene.UnconfirmedAsync(arta, "PUT", $"approvals/{id}/purchase-decision", $$"""{"decision":"{{decision}}"}""");
            Assert.Equal(("403 confirmation_required", "25.00 EUR"), (unconfirmed.ToString(), Friend.Amount(unconfirmed.Json["amount"])));
        }

        Assert.Equal("pending nothing", $"{(await arta.GetAsync($"approvals/{id}")).Json["status"]} {await scene.ToldAsync(approved)}");
        Assert.Equal("404 approval_not_found", (await scene.ConfirmedAsync(drita, "PUT", $"approvals/{id}/purchase-decision", """{"decision":"approve"}""")).ToString());
        var decided = await scene.ConfirmedAsync(arta, "PUT", $"approvals/{id}/purchase-decision", """{"decision":"approve"}""");
        Assert.Equal((200, "approved"), (decided.Status, (string)decided.Json["status"]!));
        await scene.IdleAsync();
        Assert.Equal("approved", await scene.ToldAsync(approved));
        Assert.Equal("409 already_decided", (await scene.ConfirmedAsync(arta, "PUT", $"approvals/{id}/purchase-decision", """{"decision":"reject"}""")).ToString());
        Assert.Equal("approved", (string)(await arta.GetAsync($"approvals/{id}")).Json["status"]!);
        Assert.NotNull((await arta.GetAsync($"approvals/{id}")).Json["device"]);
        Assert.Equal(["approval_approved"], await scene.AuditAsync($"approval/{id}"));
        Assert.Equal("404 approval_not_found", (await drita.GetAsync($"approvals/{id}")).ToString());

        // Rejected; the card server away at first, the timer tells it later.
        var rejected = await scene.BuyAsync(arta, "30.00");
        await scene.KnobAsync("card-server", """{"errorRate":1}""");
        Assert.Equal(200, (await scene.ConfirmedAsync(arta, "PUT", $"approvals/{await PendingAsync(arta)}/purchase-decision", """{"decision":"reject"}""")).Status);
        await scene.WellAgainAsync("card-server");
        await scene.PassTimeUntilAsync(NotificationTests.In(scene, minutes: 3));
        Assert.Equal("rejected", await scene.ToldAsync(rejected));

        // Nobody answers: five minutes, or sooner when the card server says so.
        var silent = await scene.BuyAsync(arta);
        var late = await PendingAsync(arta);
        var short_ = await scene.BuyAsync(arta, "5.00", NotificationTests.In(scene, minutes: 2));
        await scene.PassTimeUntilAsync(NotificationTests.In(scene, minutes: 3));
        Assert.Equal("timed_out nothing", $"{await scene.ToldAsync(short_)} {await scene.ToldAsync(silent)}");
        await scene.PassTimeUntilAsync(NotificationTests.In(scene, minutes: 3));
        Assert.Equal("timed_out", await scene.ToldAsync(silent));
        await arta.SignInAsync();
        Assert.Equal("409 approval_expired", (await scene.ConfirmedAsync(arta, "PUT", $"approvals/{late}/purchase-decision", """{"decision":"approve"}""")).ToString());
        Assert.Equal(2, (await arta.GetAsync("approvals?status=expired&kind=card_purchase")).Json["items"]!.AsArray().Count);
        Assert.Equal(
            ["expired", "expired", "rejected", "approved"], (await arta.GetAsync("approvals")).Json["items"]!.AsArray().Select(it => (string)it!["status"]!));

        // No phone is signed in: the card server asks by a code of its own.
        var plain = await scene.FriendAsync("Luan Prifti");
        await scene.RegisterWithoutPhoneAsync(plain);
        await scene.CardAsync(plain);
        var byCode = await scene.BuyAsync(plain);
        Assert.Equal("code", await scene.ToldAsync(byCode));
        Assert.Empty(await plain.PushesAsync());
        Assert.True((bool)(await plain.GetAsync("approvals")).Json["items"]![0]!["purchase"]!["askedByCode"]!);
    }

    [Fact, Requirement("NOTE-08"), Requirement("NOTE-09"), Requirement("NOTE-12")]
    public async Task A_document_is_read_in_its_version_decided_and_lets_its_process_go_on()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var address = $"customers/{arta.Number}/documents-to-approve/limit-1";
        var placed = await scene.StaffAsync("PUT", address, Document("Limiti i kartës: 1,000 EUR"));
        Assert.Equal("document pending 1", $"{placed.Json["kind"]} {placed.Json["status"]} {placed.Json["document"]!["version"]}");
        Assert.Equal(placed.Text, (await scene.StaffAsync("PUT", address, Document("Limiti i kartës: 1,000 EUR"))).Text);
        Assert.Equal("400 invalid_input\n/pdf no_pdf", (await scene.StaffAsync("PUT", address, """{"title":"x","pdf":"AAAA"}""")).ToString());
        var id = (string)placed.Json["id"]!;
        Assert.Equal(["A document waits for you: Kontrata: open Approvals to read and answer it."], await arta.PushesAsync());
        var detail = (await arta.GetAsync($"approvals/{id}")).Json["document"]!;
        Assert.Equal("%PDF-Limiti i kartës: 1,000 EUR", await scene.Bank.Anonymous.GetStringAsync(((string)detail["url"]!).TrimStart('/')));

        // A lower limit: the version that was read no longer counts.
        Assert.Equal(2, (int)(await scene.StaffAsync("PUT", address, Document("Limiti i kartës: 600 EUR"))).Json["document"]!["version"]!);
        Assert.Equal("409 document_changed", (await DecideAsync(arta, id, "approve", 1)).ToString());
        Assert.Equal("404 approval_not_found", (await DecideAsync(drita, id, "approve", 2)).ToString());
        Assert.Equal("approved", (string)(await DecideAsync(arta, id, "approve", 2)).Json["status"]!);
        Assert.Equal("approved", (string)(await DecideAsync(arta, id, "approve", 2)).Json["status"]!);
        Assert.Equal("409 already_decided", (await DecideAsync(arta, id, "reject", 2)).ToString());
        Assert.Equal("409 already_decided", (await scene.StaffAsync("PUT", address, Document("Limiti i kartës: 1 EUR"))).ToString());

        // The process went on, once; who decided what stands in the trail; both versions had their push.
        Assert.Equal(["staff_document_answered", "approval_approved"], (await scene.AuditAsync($"approval/{id}")).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(2, (await arta.PushesAsync()).Length);
        var found = (await arta.GetAsync("approvals?kind=document&status=approved")).Json["items"]!.AsArray().Single()!;
        Assert.Equal("Kontrata 2 staff_document", $"{found["document"]!["title"]} {found["document"]!["version"]} {found["document"]!["process"]}");
        Assert.Empty((await arta.GetAsync("approvals?kind=card_purchase")).Json["items"]!.AsArray());

        // One with a deadline expires.
        var soon = await scene.StaffAsync("PUT", $"customers/{arta.Number}/documents-to-approve/offer", Document("Ofertë", NotificationTests.In(scene, minutes: 1)));
        await scene.PassTimeUntilAsync(NotificationTests.In(scene, minutes: 2));
        Assert.Equal("409 approval_expired", (await DecideAsync(arta, (string)soon.Json["id"]!, "approve", 1)).ToString());
    }

    [Fact, Requirement("NOTE-13")]
    public async Task A_card_ready_to_be_collected_is_one_SMS_that_names_the_branch()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        JsonObject order = new() { ["cardOrderId"] = $"order-{arta.Number}", ["customer"] = arta.Number, ["maskedCard"] = "•••• 4242", ["branch"] = "Dega Durrës" };

        await scene.DeskAsync("card-orders", order);
        foreach (var id in new[] { "ready-1", "ready-1", "ready-2" })
            Assert.Equal(204, (await scene.WebhookAsync("card.ready", order, $"{id}-{arta.Number}")).Status);
        order["maskedCard"] = "4242424242424242";
        Assert.Equal("400 invalid_input\n/data webhook_not_understood", (await scene.WebhookAsync("card.ready", order, $"ready-3-{arta.Number}")).ToString());
        Assert.Equal(204, (await scene.WebhookAsync("card.lost", order, $"ready-4-{arta.Number}")).Status);

        Assert.Equal(
            "Your card •••• 4242 can be collected at the branch Dega Durrës.", (string)Assert.Single(await scene.InboxAsync("sms", arta.Number))["text"]!);
    }

    [Fact, ProvesRace("CustomerApprovals_DecidePurchase"), ProvesRace("CustomerApprovals_DecideDocument"), ProvesRace("CustomerApprovals_PlaceDocument"),
     ProvesRace("Webhooks_ReceiveCardServer"), ProvesRace("Notifications_Resend")]
    public async Task Yes_and_no_at_the_same_moment_and_the_deadline_with_them_leave_one_outcome()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        var staff = await scene.Bank.StaffAsync();
        await scene.CardAsync(arta);

        // The same question many times at once is one approval.
        var id = $"tx-race-{arta.Number}";
        await scene.DeskAsync("purchases", scene.Purchase(arta, id));
        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => scene.WebhookAsync("purchase.authentication_requested", scene.Purchase(arta, id), $"race-{i}-{arta.Number}")));
        Assert.All(asked, answer => Assert.Equal(200, answer.Status));
        await scene.IdleAsync();
        var approval = (string)Assert.Single((await arta.GetAsync("approvals")).Json["items"]!.AsArray())!["id"]!;
        Assert.Single(await arta.PushesAsync());

        // Approve, reject and the timer.
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => scene.ConfirmedAsync(
            arta, "PUT", $"approvals/{approval}/purchase-decision", $$"""{"decision":"{{(i % 2 == 0 ? "approve" : "reject")}}"}""")).Append(TimerAsync()));
        var outcome = (string)(await arta.GetAsync($"approvals/{approval}")).Json["status"]!;
        Assert.All(answers.SkipLast(1), answer => Assert.True(
            (answer.Status == 200 && (string)answer.Json["status"]! == outcome) || answer.ToString() == "409 already_decided", answer.ToString()));
        await scene.IdleAsync();
        Assert.Equal(outcome, await scene.ToldAsync(id));

        // A document: placed by many, decided both ways.
        var address = $"api/backoffice/v1/customers/{arta.Number}/documents-to-approve/race";
        await RaceHarness.SameCallAsync(
            new RaceCall(staff, HttpMethod.Put, address, Document("Një")), async () => (await arta.GetAsync("approvals?kind=document")).Json["items"]!.AsArray().Count);
        var document = (string)(await arta.GetAsync("approvals?kind=document")).Json["items"]![0]!["id"]!;
        var client = await arta.ClientAsync();
        var both = await RaceHarness.AtOnceAsync(
        [
            .. Enumerable.Range(0, 8).Select(i => (
                new RaceCall(client, HttpMethod.Put, $"api/v1/approvals/{document}/document-decision", $$"""{"decision":"{{(i % 2 == 0 ? "approve" : "reject")}}","versionSeen":1}"""),
                (string?)null)),
        ]);
        Assert.Single(both.Where(answer => answer.IsSuccess).Select(answer => (string)answer.Json["status"]!).Distinct());
        Assert.All(both, answer => Assert.True(answer.IsSuccess || answer.ToString() == "409 already_decided", answer.ToString()));

        // What failed, sent again by many, arrives once.
        await scene.KnobAsync("sms", """{"refuseWith":"invalid"}""");
        await scene.WebhookAsync(
            "card.ready", new JsonObject { ["cardOrderId"] = $"dead-{arta.Number}", ["customer"] = arta.Number, ["maskedCard"] = "•••• 4242", ["branch"] = "Dega" }, $"dead-{arta.Number}");
        await scene.IdleAsync();
        await scene.WellAgainAsync("sms");
        var dead = (await scene.StaffAsync("GET", "undelivered-notices?limit=100")).Json["items"]!.AsArray().Single(one => (string?)one!["customer"] == arta.Number)!;
        await RaceHarness.SameCallAsync(
            RaceCall.Post(staff, $"api/backoffice/v1/undelivered-notices/{dead["id"]}/resend"), async () => (await scene.InboxAsync("sms", arta.Number)).Length,
            doneAlready: "404 dead_letter_not_found");
    }

    private async Task<Answer> TimerAsync()
    {
        await scene.Bank.Host.FireTimerAsync("CustomerApprovals_Advance");
        return null!;
    }

    private static async Task<string> PendingAsync(Friend friend) => (string)(await friend.GetAsync("approvals?status=pending")).Json["items"]![0]!["id"]!;

    private static Task<Answer> DecideAsync(Friend friend, string id, string decision, int version) =>
        friend.CallAsync("PUT", $"approvals/{id}/document-decision", $$"""{"decision":"{{decision}}","versionSeen":{{version}}}""");

    private static string Document(string content, string? expiresAt = null) => new JsonObject
    {
        ["title"] = "Kontrata",
        ["pdf"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"%PDF-{content}")),
        ["expiresAt"] = expiresAt,
    }.ToJsonString();
}

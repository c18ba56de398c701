using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Banking.Notifications;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Envelope;

[Collection(EnvelopeCollection.Name)]
public sealed class NotificationTests(EnvelopeBank scene)
{
    [Fact, Requirement("NOTE-01"), Requirement("NOTE-05"), Requirement("NOTE-07"), Requirement("NOTE-15"), Requirement("NOTE-16"), Requirement("NOTE-19"), Requirement("NOTE-21"),
     Requirement("PROF-20"), Requirement("PROF-32")]
    public async Task What_was_pushed_is_listed_counted_read_and_switched_off()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("AL47 2121 1009 0000 0002 3569 8741"));
        var luan = await scene.FriendAsync("Luan Prifti");
        var (ofArta, ofArtaToo) = (await drita.KnowsAsync(arta), await luan.KnowsAsync(arta));
        await AskAsync(drita, ofArta, "11.00");
        await scene.IdleAsync();
        await AskAsync(drita, ofArta, "12.00");

        // Pushed at once, in the customer's language, with no full account number on a locked screen.
        Assert.Equal(
            [
                "•••8741 asks you for money: •••8741 asks you for 11.00 ALL. Open the request to pay or decline it.",
                "•••8741 asks you for money: •••8741 asks you for 12.00 ALL. Open the request to pay or decline it.",
            ],
            await arta.PushesAsync());
        Assert.Equal("""{"openRequests":0,"openMoneyRequests":2,"unreadNotifications":2,"pendingApprovals":0}""", (await arta.GetAsync("hub")).Text);

        var page = await arta.GetAsync("notifications?limit=1");
        var newest = page.Json["items"]!.AsArray().Single()!;
        Assert.Equal("money_request false", $"{newest["type"]} {newest["read"]}");
        Assert.Contains("12.00 ALL", (string)newest["text"]!, StringComparison.Ordinal);
        Assert.StartsWith("money-requests/", (string)newest["link"]!, StringComparison.Ordinal);
        Assert.EndsWith("Z", (string)newest["sentAt"]!, StringComparison.Ordinal);
        var rest = await arta.GetAsync($"notifications?limit=1&cursor={Uri.EscapeDataString((string)page.Json["nextCursor"]!)}");
        Assert.Contains("11.00 ALL", (string)rest.Json["items"]!.AsArray().Single()!["text"]!, StringComparison.Ordinal);

        // One read, then all; somebody else's is nobody's.
        Assert.Equal(204, (await arta.CallAsync("PUT", $"notifications/{newest["id"]}/read")).Status);
        Assert.Equal(1, (int)(await arta.GetAsync("hub")).Json["unreadNotifications"]!);
        Assert.Equal("404 notification_not_found", (await drita.CallAsync("PUT", $"notifications/{newest["id"]}/read")).ToString());
        Assert.Equal("404 notification_not_found", (await arta.CallAsync("PUT", $"notifications/{new string('0', 32)}/read")).ToString());
        Assert.Equal(204, (await arta.CallAsync("PUT", "notifications/read")).Status);
        Assert.Equal(0, (int)(await arta.GetAsync("hub")).Json["unreadNotifications"]!);

        // The settings: every type with a name in the caller's language, and what cannot be switched off.
        var settings = await scene.Bank.CallAsync("GET", "v1/notification-settings", token: await TokenAsync(arta), change: r => r.Headers.Add("Accept-Language", "sq"));
        var types = settings.Json["types"]!.AsArray();
        Assert.Equal(NoticeTypes.All.Count, types.Count);
        Assert.All(types, type => Assert.True((bool)type!["enabled"]! && ((string)type["name"]!).Length > 0));
        Assert.Equal("Faturë e re", (string)types.Single(type => (string)type!["typeId"]! == "bill_new")!["name"]!);
        Assert.Equal(
            ["security", "one_time_code", "purchase_approval"], types.Where(type => (bool)type!["mandatory"]!).Select(type => (string)type!["typeId"]!));
        foreach (var mandatory in new[] { "security", "one_time_code", "purchase_approval" })
        {
            Assert.Equal(
                "422 notice_mandatory",
                (await SwitchAsync(arta, $$"""{"types":[{"typeId":"money_request","enabled":false},{"typeId":"{{mandatory}}","enabled":false}]}""")).ToString());
        }

        // What cannot be done as a whole changed nothing; then amounts are hidden, then the type is off.
        Assert.Equal(200, (await SwitchAsync(arta, """{"hideAmounts":true,"types":[{"typeId":"security","enabled":true}]}""")).Status);
        await AskAsync(luan, ofArtaToo, "13.00");
        Assert.EndsWith("asks you for •••. Open the request to pay or decline it.", (await arta.PushesAsync())[2], StringComparison.Ordinal);
        Assert.Contains("13.00 ALL", (await arta.GetAsync("notifications?limit=1")).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await SwitchAsync(arta, """{"types":[{"typeId":"money_request","enabled":false}]}""")).Status);
        await AskAsync(luan, ofArtaToo, "14.00");
        Assert.Equal(3, (await arta.PushesAsync()).Length);
        Assert.DoesNotContain("14.00", (await arta.GetAsync("notifications")).Text, StringComparison.Ordinal);
    }

    [Fact, Requirement("NOTE-06")]
    public async Task A_push_goes_to_the_installation_of_the_last_login_alone()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var (ofArta, customer) = (await drita.KnowsAsync(arta), CustomerId.Of(arta.Number));
        var (first, second) = (new TestDevice(), new TestDevice());
        foreach (var (device, token) in new[] { (first, "phone-one"), (second, "phone-two") })
        {
            await scene.Get<RecordLogin>().RunAsync(Login(customer, device), CancellationToken.None);
            await scene.Get<PushTokens>().SaveAsync(customer, device.Id, token, CancellationToken.None);
        }

        await AskAsync(drita, ofArta, "1.00");
        await scene.IdleAsync();
        await scene.Get<RecordLogin>().RunAsync(Login(customer, first), CancellationToken.None);

        // A browser takes no messages, and none away from the phone.
        var browser = new Installation(new TestDevice().Id, "Shfletuesi", InstallationType.Web, null);
        await scene.Get<RecordLogin>().RunAsync(new LoginToRecord(customer, browser, Guid.NewGuid().ToString("N"), LoginMethod.Password), CancellationToken.None);
        await AskAsync(drita, ofArta, "2.00");
        await scene.IdleAsync();

        // Notifications switched off on the phone: the list alone has it.
        await scene.Get<PushTokens>().SaveAsync(customer, first.Id, null, CancellationToken.None);
        await AskAsync(drita, ofArta, "3.00");

        Assert.Equal(["phone-two", "phone-one"], (await scene.InboxAsync("push", arta.Number)).Select(push => (string)push["to"]!));
        Assert.Equal(3, (await arta.GetAsync("notifications")).Json["items"]!.AsArray().Count);
    }

    [Fact, Requirement("NOTE-18")]
    public async Task A_gateway_that_is_away_is_asked_again_later_and_a_dead_address_is_forgotten()
    {
        var (arta, drita) = (await scene.FriendAsync("Arta Hoxha"), await scene.FriendAsync("Drita Kola"));
        var ofArta = await drita.KnowsAsync(arta);
        await scene.KnobAsync("push", """{"errorRate":1}""");
        await AskAsync(drita, ofArta, "1.00");
        await scene.IdleAsync();
        await scene.WellAgainAsync("push");

        // Three tries in a quarter of an hour: the second one three minutes after the first.
        await scene.PassTimeUntilAsync(In(scene, minutes: 2));
        Assert.Empty(await arta.PushesAsync());
        await scene.PassTimeUntilAsync(In(scene, minutes: 3));
        var push = Assert.Single(await scene.InboxAsync("push", arta.Number));
        Assert.Equal(1, (int)push["timesSent"]!);

        // The app was removed from the phone: what must be told goes by SMS, and the address is used no more.
        await scene.KnobAsync("push", """{"refuseWith":"unregistered"}""");
        await scene.CardAsync(arta);
        await scene.BuyAsync(arta);
        await scene.WellAgainAsync("push");
        Assert.Equal("25.00 EUR at Libraria Adrion with card •••• 4242. Open the app to approve or reject it.", (string)Assert.Single(await scene.InboxAsync("sms", arta.Number))["text"]!);
        await arta.SignInAsync();
        await drita.SignInAsync();
        await AskAsync(drita, ofArta, "2.00");
        Assert.Single(await scene.InboxAsync("push", arta.Number));
        Assert.Equal(3, (await arta.GetAsync("notifications")).Json["items"]!.AsArray().Count);

        // Staff see what could not be delivered, and send it again.
        var dead = (await scene.StaffAsync("GET", "undelivered-notices?limit=100", roles: "contact_centre")).Json["items"]!.AsArray().Single(one => (string?)one!["customer"] == arta.Number)!;
        Assert.Equal("push purchase_to_approve", $"{dead["channel"]} {dead["kind"]}");
        await scene.RegisterAsync(arta.Number, arta.Name, arta.Phone);
        Assert.Equal(202, (await scene.StaffAsync("POST", $"undelivered-notices/{dead["id"]}/resend")).Status);
        Assert.Equal(2, (await scene.InboxAsync("push", arta.Number)).Length);
        Assert.Equal(["notice_resent"], await scene.AuditAsync($"notice/{dead["id"]}"));
        Assert.Equal("404 dead_letter_not_found", (await scene.StaffAsync("POST", $"undelivered-notices/{new string('0', 32)}/resend")).ToString());
    }

    internal static string In(EnvelopeBank scene, int minutes) => $"{scene.Bank.Host.Clock.GetUtcNow().UtcDateTime.AddMinutes(minutes):yyyy-MM-ddTHH:mm:ss.fffffffZ}";

    internal static async Task AskAsync(Friend from, Guid contact, string amount)
    {
        var sent = await from.ConfirmAsync("money-requests", await from.QuoteAsync(contact, amount));
        Assert.True(sent.Status is 201 or 202, sent.ToString());
    }

    private static Task<Answer> SwitchAsync(Friend friend, string json) => friend.CallAsync("PATCH", "notification-settings", json);

    private Task<string> TokenAsync(Friend friend) => scene.Bank.TokenAsync(new() { ["customer"] = friend.Number });

    private static LoginToRecord Login(CustomerId customer, TestDevice device) => new(
        customer, new Installation(device.Id, "Telefoni", InstallationType.Android, device.Key), Guid.NewGuid().ToString("N"), LoginMethod.Password);
}

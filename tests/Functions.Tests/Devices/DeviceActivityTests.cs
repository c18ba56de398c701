using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Devices;

public sealed class DeviceActivityTests(DeviceBank scene) : IClassFixture<DeviceBank>
{
    [Fact, Requirement("PROF-17"), Requirement("PROF-30"), Requirement("PROF-31"), Requirement("PROF-29")]
    public async Task Activity_is_listed_with_rounded_places_and_erased_after_thirteen_months_and_unused_or_lost_devices_lose_their_trust()
    {
        var owner = await scene.OwnerAsync();
        var phone = new TestPhone("Telefoni");
        await owner.SignInAsync(phone, location: "41.327549,19.818712");
        var account = await OpenAccountAsync(owner);
        Assert.Equal("200", await NameAsync(owner, account, "Shtepia", "41.33199,19.83001"));
        Assert.Equal("200", await NameAsync(owner, account, "Pushime", null));
        await scene.Bank.WhenIdleAsync();

        var page = await owner.GetAsync($"devices/{phone.Id}/activity?limit=2");
        Assert.Equal(["Accounts_SaveSettings null", "Accounts_SaveSettings 41.332,19.830"], Lines(page.Json));
        var rest = await owner.GetAsync($"devices/{phone.Id}/activity?limit=2&cursor={Uri.EscapeDataString((string)page.Json["nextCursor"]!)}");
        Assert.Equal(["login_password 41.328,19.819"], Lines(rest.Json));

        // Half a year without a login ends the trust; a login in between puts it off.
        var kept = await scene.OwnerAsync();
        var keptPhone = await kept.TrustedPhoneAsync("I perdorur");
        var dormant = await scene.OwnerAsync();
        await dormant.TrustedPhoneAsync("I harruar");
        await MoveAsync("2027-06-01T05:00:00Z");
        await kept.ComeInAsync(keptPhone);
        await MoveAsync("2027-08-29T05:00:00Z");
        await dormant.ComeInAsync(new TestPhone("Tjetri"));
        await kept.ComeInAsync(keptPhone);
        Assert.Empty((await dormant.GetAsync("devices")).Json["items"]!.AsArray());
        Assert.Single((await kept.GetAsync("devices")).Json["items"]!.AsArray());
        foreach (var channel in new[] { "push", "sms" })
            Assert.StartsWith("Device no longer authorised: I harruar was not used", (await scene.MessagesAsync(dormant.Number, channel))[0], StringComparison.Ordinal);

        // A lost phone: the contact centre sees every device and cuts one off.
        var devices = await scene.StaffAsync("GET", $"customers/{kept.Number}/devices", roles: "contact_centre");
        Assert.Equal("I perdorur true", string.Join(' ', Assert.Single(devices.Json["items"]!.AsArray()) is { } it ? [it["name"], it["isTrusted"]] : Array.Empty<JsonNode?>()));
        var reason = new JsonObject { ["identification"] = "Pyetjet e sigurise", ["reason"] = "Telefoni u vodh" };
        Assert.Equal("403 role_missing", (await scene.StaffAsync("POST", $"customers/{kept.Number}/devices/{keptPhone.Id}/cut-off", reason)).ToString());
        Assert.Equal("404 device_not_found", (await scene.StaffAsync("POST", $"customers/{owner.Number}/devices/{keptPhone.Id}/cut-off", reason, "contact_centre")).ToString());
        var cut = await scene.StaffAsync("POST", $"customers/{kept.Number}/devices/{keptPhone.Id}/cut-off", reason, "contact_centre");
        Assert.False((bool)cut.Json["isTrusted"]!);
        Assert.Equal("401 session_device_removed", (await kept.GetAsync("devices")).ToString());
        foreach (var channel in new[] { "sms", "email" })
            Assert.StartsWith("Device cut off: As you asked, we have cut off I perdorur", (await scene.MessagesAsync(kept.Number, channel))[0], StringComparison.Ordinal);
        var trail = Assert.Single((await scene.StaffAsync("GET", "audit?actor=officer-1&action=device_cut_off", roles: "auditor")).Json["items"]!.AsArray())!;
        Assert.Equal("Pyetjet e sigurise: Telefoni u vodh", (string)trail["reason"]!);

        // Thirteen months after the first of March.
        await MoveAsync("2028-03-31T05:00:00Z");
        await owner.ComeInAsync(phone);
        Assert.Equal(4, Lines((await owner.GetAsync($"devices/{phone.Id}/activity")).Json).Length);
        await MoveAsync("2028-04-02T05:00:00Z");
        await owner.ComeInAsync(phone);
        Assert.Equal(["login_password null", "login_password null"], Lines((await owner.GetAsync($"devices/{phone.Id}/activity")).Json));
    }

    private async Task MoveAsync(string to)
    {
        await scene.Bank.Host.SleepUntilAsync(DateTimeOffset.Parse(to, CultureInfo.InvariantCulture));
        await scene.FollowAsync();
        await scene.Bank.WhenIdleAsync();
    }

    private async Task<string> OpenAccountAsync(Owner owner)
    {
        var opened = await scene.Bank.CallAsync(
            "POST", "backoffice/v1/accounts", $$"""{"customer":"{{owner.Number}}","currency":"ALL","name":"Llogaria","isMain":true}""",
            await scene.Bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" }), request => request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N")));
        return (string)opened.Json["id"]!;
    }

    private async Task<string> NameAsync(Owner owner, string account, string name, string? place)
    {
        var answer = await scene.Bank.CallAsync("PATCH", $"v1/accounts/{account}/settings", new JsonObject { ["description"] = name }.ToJsonString(), owner.Token, request =>
        {
            if (place is not null)
                request.Headers.Add("Device-Location", place);
        });
        return answer.Status == 200 ? "200" : answer.ToString();
    }

    private static string[] Lines(JsonNode page) =>
        [.. page["items"]!.AsArray().Select(line => $"{line!["operation"]} {(string?)line["place"] ?? "null"}")];
}

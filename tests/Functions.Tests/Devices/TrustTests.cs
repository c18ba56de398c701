using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Devices;

public sealed class TrustTests(DeviceBank scene) : IClassFixture<DeviceBank>
{
    [Fact, Requirement("PROF-13"), Requirement("PROF-15"), Requirement("PROF-16"), Requirement("PROF-11"), Requirement("PROF-27"), Requirement("PROF-09"), Requirement("AUTH-27")]
    public async Task The_third_login_in_a_row_offers_trust_and_accepting_it_switches_on_what_trusted_devices_have()
    {
        var owner = await scene.OwnerAsync();
        var (phone, other) = (new TestPhone("Telefoni"), new TestPhone("Tjetri"));
        Assert.False((bool)(await owner.SignInAsync(phone))["offerTrust"]!);
        Assert.False((bool)(await owner.SignInAsync(phone))["offerTrust"]!);
        Assert.Equal("409 not_offered", (await owner.TrustAsync(phone)).ToString());
        Assert.Equal("403 device_not_trusted", (await owner.SoftPinAsync(phone)).ToString());
        Assert.Equal("403 device_not_trusted", (await owner.SwitchAsync("smart_otp", true)).ToString());

        // A login on another device restarts the count.
        Assert.False((bool)(await owner.SignInAsync(other))["offerTrust"]!);
        await owner.SignInAsync(phone);
        await owner.SignInAsync(phone);
        var third = await owner.SignInAsync(phone);
        Assert.True((bool)third["offerTrust"]!);
        Assert.False((bool)third["deviceTrusted"]!);
        Assert.Equal("""{"rememberMe":false,"biometrics":false,"trustedDevice":false,"trustedAt":null,"smartOtp":false,"softPin":false,"semiAuthentication":false}""", await owner.SettingsAsync());

        var browser = await owner.BrowserAsync();
        Assert.Equal("422 device_integrity", (await owner.TrustAsync(phone, device: "rooted")).ToString());
        var nonce = await scene.NonceAsync(phone, "trust");
        var attestation = await scene.AttestAsync(phone, nonce);
        Assert.Equal("422 bad_signature", (await owner.PostAsync("devices/trust", new JsonObject { ["proof"] = other.Sign(nonce), ["attestation"] = attestation })).ToString());
        Assert.Equal("422 device_integrity", (await owner.PostAsync("devices/trust", new JsonObject { ["proof"] = phone.Sign(nonce), ["attestation"] = $"{attestation}x" })).ToString());
        Assert.Equal("422 nonce_invalid", (await TrustWithAsync(owner, phone, await scene.NonceAsync(phone, "soft_pin"))).ToString());

        var trusted = await owner.TrustAsync(phone);
        Assert.Equal(200, trusted.Status);
        foreach (var option in new[] { "rememberMe", "trustedDevice", "smartOtp", "softPin" })
            Assert.True((bool)trusted.Json[option]!, option);
        Assert.Equal(trusted.Text, await owner.SettingsAsync());

        var device = Assert.Single((await owner.GetAsync("devices")).Json["items"]!.AsArray())!;
        Assert.Equal("Telefoni android offer true", $"{device["name"]} {device["type"]} {device["trustedBy"]} {device["isThisDevice"]}");
        Assert.Equal((string)trusted.Json["trustedAt"]!, (string)device["trustedAt"]!);
        Assert.Equal((string)device["trustedAt"]!, (string)device["lastOperationAt"]!);
        Assert.Equal(["device_trusted", "login_password", "login_password"], device["recent"]!.AsArray().Select(line => (string)line!["operation"]!));

        // Everybody else is signed out, and the customer is told twice.
        Assert.Equal("401 session_device_removed", (await owner.GetAsync("security", browser)).ToString());
        Assert.Equal(200, (await owner.GetAsync("security")).Status);
        foreach (var channel in new[] { "push", "sms" })
            Assert.StartsWith("Device authorised: Telefoni may now use your bank", (await scene.MessagesAsync(owner.Number, channel))[0], StringComparison.Ordinal);
        var trail = await scene.StaffAsync("GET", $"audit?actor={owner.Number}&action=device_trusted", roles: "auditor");
        Assert.Equal($"customer/{owner.Number}/device/{phone.Id}", (string)Assert.Single(trail.Json["items"]!.AsArray())!["resource"]!);
    }

    [Fact, Requirement("PROF-28")]
    public async Task A_declined_offer_comes_back_after_three_further_logins_three_times_at_most()
    {
        var owner = await scene.OwnerAsync();
        var phone = new TestPhone("Telefoni");
        var offers = new List<bool>();
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < 3; i++)
                offers.Add(await owner.ComeInAsync(phone));
            var declined = await owner.PostAsync("devices/trust/decline");
            Assert.Equal(round < 4 ? "204 " : "409 not_offered", declined.ToString());
        }

        Assert.Equal([2, 5, 8, 11], offers.Index().Where(it => it.Item).Select(it => it.Index));
    }

    [Fact, Requirement("PROF-12"), Requirement("PROF-18"), Requirement("PROF-19")]
    public async Task Two_devices_are_trusted_and_a_third_needs_one_of_them_deactivated_which_ends_what_it_had_at_once()
    {
        var owner = await scene.OwnerAsync();
        var first = await owner.TrustedPhoneAsync("I pari");
        var second = await owner.TrustedPhoneAsync("I dyti");
        Assert.Equal("""{"ways":["trusted_device","unique_code"],"needsBranch":false}""", (await owner.GetAsync("security")).Json["passwordChange"]!.ToJsonString());
        var pin = (string)(await owner.SoftPinAsync(second)).Json["code"]!;
        var third = new TestPhone("I treti");
        for (var i = 0; i < 3; i++)
            await owner.ComeInAsync(third);
        Assert.Equal("""{"ways":["unique_code"],"needsBranch":true}""", (await owner.GetAsync("security")).Json["passwordChange"]!.ToJsonString());

        var refused = await owner.TrustAsync(third);
        Assert.Equal("409 trusted_device_limit", refused.ToString());
        Assert.Equal(["I pari", "I dyti"], refused.Json["devices"]!.AsArray().Select(device => (string)device!["name"]!));
        Assert.Equal("404 device_not_found", (await owner.PostAsync($"devices/{third.Id}/deactivation")).ToString());
        Assert.Equal("404 device_not_found", (await owner.PostAsync("devices/nobody/deactivation")).ToString());

        // Another customer has no such device.
        var stranger = await scene.OwnerAsync();
        await stranger.ComeInAsync(new TestPhone("I huaj"));
        Assert.Equal("404 device_not_found", (await stranger.PostAsync($"devices/{second.Id}/deactivation")).ToString());
        Assert.Equal("404 device_not_found", (await stranger.GetAsync($"devices/{second.Id}/activity")).ToString());

        var gone = await owner.PostAsync($"devices/{second.Id}/deactivation");
        Assert.Equal(204, gone.Status);
        Assert.Equal("422 soft_pin_wrong", (await owner.TypeSoftPinAsync(await owner.AtInternetBranchAsync(), pin)).ToString());
        Assert.Equal(200, (await owner.TrustAsync(third)).Status);
        Assert.Equal(["I pari", "I treti"], (await owner.GetAsync("devices")).Json["items"]!.AsArray().Select(device => (string)device!["name"]!));

        // This one: the caller's own session ends with it.
        Assert.Equal(204, (await owner.PostAsync($"devices/{third.Id}/deactivation")).Status);
        Assert.Equal("401 session_device_removed", (await owner.GetAsync("devices")).ToString());
        Assert.StartsWith("Device no longer authorised: I treti", (await scene.MessagesAsync(owner.Number, "push"))[0], StringComparison.Ordinal);
        await owner.ComeInAsync(first);
        Assert.Equal("I pari", (string)Assert.Single((await owner.GetAsync("devices")).Json["items"]!.AsArray())!["name"]!);
    }

    [Fact, Requirement("PROF-14"), Requirement("AUTH-27")]
    public async Task The_identity_document_authorises_a_device_at_once_when_it_is_genuine_and_the_customers_own()
    {
        // For a day after a recovery nothing else does: nothing is offered, and whoever asks is told until when.
        var owner = await scene.OwnerAsync("Dielli2025z");
        await owner.RecoverAsync();
        var recoveredAt = scene.Bank.Host.Clock.GetUtcNow();
        var phone = new TestPhone("Telefoni");
        for (var i = 0; i < 3; i++)
            Assert.False((bool)(await owner.SignInAsync(phone))["offerTrust"]!);
        var shadowed = await owner.TrustAsync(phone);
        Assert.Equal("409 trust_needs_document", shadowed.ToString());
        Assert.InRange((DateTimeOffset)shadowed.Json["until"]! - recoveredAt, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24.1));
        Assert.Equal("422 wrong_password", (await owner.PostAsync("devices/trust/document/challenges", new JsonObject { ["password"] = "Vera2026y" })).ToString());

        async Task<string> TryAsync(JsonNode chip, string? purpose = null)
        {
            var nonce = purpose is null
                ? (string)(await owner.PostAsync("devices/trust/document/challenges", new JsonObject { ["password"] = Owner.Password })).Json["nonce"]!
                : await scene.NonceAsync(phone, purpose);
            var answer = await owner.PostAsync("devices/trust/document", new JsonObject
            {
                ["proof"] = phone.Sign(nonce),
                ["attestation"] = await scene.AttestAsync(phone, nonce),
                ["document"] = chip.DeepClone(),
            });
            return answer.Code is { } code ? $"{answer.Status} {code}" : $"{answer.Status}";
        }

        Assert.Equal("422 chip_unreadable", await TryAsync(await scene.ChipAsync(owner.PersonalNumber, "unreadable")));
        Assert.Equal("422 chip_invalid", await TryAsync(await scene.ChipAsync(owner.PersonalNumber, "altered")));
        Assert.Equal("422 chip_invalid", await TryAsync(await scene.ChipAsync(owner.PersonalNumber, "bad_signature")));
        Assert.Equal("422 chip_invalid", await TryAsync(await scene.ChipAsync(owner.PersonalNumber, "unknown_authority")));
        Assert.Equal("422 document_mismatch", await TryAsync(await scene.ChipAsync("K00000000K")));
        Assert.Equal("422 document_expired", await TryAsync(await scene.ChipAsync(owner.PersonalNumber, expiresOn: "2027-02-28")));
        var chip = await scene.ChipAsync(owner.PersonalNumber, expiresOn: "2027-03-01");
        Assert.Equal("422 nonce_invalid", await TryAsync(chip, purpose: "trust"));
        Assert.Equal("200", await TryAsync(chip));

        // ACCEPT: biometrics without the password once more, in this session.
        var biometrics = await owner.BiometricsAsync(phone, password: null);
        Assert.True((bool)biometrics.Json["biometrics"]! && (bool)biometrics.Json["trustedDevice"]!);
        Assert.Equal("document", (string)(await owner.GetAsync("devices")).Json["items"]![0]!["trustedBy"]!);
    }

    private async Task<Http.Answer> TrustWithAsync(Owner owner, TestPhone phone, string nonce) =>
        await owner.PostAsync("devices/trust", new JsonObject { ["proof"] = phone.Sign(nonce), ["attestation"] = await scene.AttestAsync(phone, nonce) });
}

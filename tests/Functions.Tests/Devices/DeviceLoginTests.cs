using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Devices;

public sealed class DeviceLoginTests(DeviceBank scene) : IClassFixture<DeviceBank>
{
    [Fact, Requirement("AUTH-04"), Requirement("AUTH-05"), Requirement("AUTH-06"), Requirement("AUTH-07")]
    public async Task A_scan_replaces_the_password_and_on_a_trusted_device_the_code_too()
    {
        var owner = await scene.OwnerAsync();
        var phone = new TestPhone("Telefoni");
        await owner.SignInAsync(phone);
        Assert.Equal("422 biometric_not_enabled", (await owner.ScanInAsync(phone)).ToString());
        Assert.Equal("422 wrong_password", (await owner.BiometricsAsync(phone, password: "Vera2026y")).ToString());
        Assert.Equal("422 wrong_password", (await owner.BiometricsAsync(phone, password: null)).ToString());
        Assert.Equal("422 device_not_capable", (await owner.BiometricsAsync(phone, scan: "none")).ToString());
        Assert.Equal("404 not_remembered", (await RememberedAsync(phone, phone)).ToString());

        var on = await owner.BiometricsAsync(phone);
        Assert.True((bool)on.Json["biometrics"]! && (bool)on.Json["rememberMe"]!);
        Assert.StartsWith("Biometric login on: ", (await scene.MessagesAsync(owner.Number, "push"))[0], StringComparison.Ordinal);

        // Told to the installation's key only.
        Assert.Equal(owner.Number, (string)(await RememberedAsync(phone, phone)).Json["customerNumber"]!);
        var thief = new TestPhone("Hajduti") { Id = phone.Id };
        Assert.Equal("422 bad_signature", (await RememberedAsync(phone, thief)).ToString());
        Assert.Equal("404 not_remembered", (await RememberedAsync(thief = new TestPhone("Hajduti"), thief)).ToString());

        // On a normal device the code follows by SMS.
        var scanned = await owner.ScanInAsync(phone);
        Assert.Equal("otp", (string)scanned.Json["login"]!["next"]!);
        Assert.Null(scanned.Json["signedIn"]);
        var signedIn = await owner.TypeCodeAsync((string)scanned.Json["login"]!["challengeId"]!);
        Assert.Equal(owner.Number, (string)signedIn["customerNumber"]!);
        var forged = await scene.PublicAsync("login/biometrics", new JsonObject
        {
            ["installation"] = phone.Installation,
            ["proof"] = new TestPhone("x").Scan(await scene.NonceAsync(phone, "biometric_login")),
        });
        Assert.Equal("422 bad_signature", forged.ToString());

        // Trusted: one scan and nothing else, recorded as such.
        await owner.ComeInAsync(phone);
        Assert.Equal(200, (await owner.TrustAsync(phone)).Status);
        var messages = (await scene.MessagesAsync(owner.Number, "sms")).Length;
        var atOnce = await owner.ScanInAsync(phone);
        Assert.Null(atOnce.Json["login"]);
        owner.Enter(atOnce.Json["signedIn"]!);
        Assert.True((bool)atOnce.Json["signedIn"]!["deviceTrusted"]!);
        Assert.Equal(messages, (await scene.MessagesAsync(owner.Number, "sms")).Length);
        Assert.Equal("login_biometrics", (string)(await owner.GetAsync($"devices/{phone.Id}/activity?limit=1")).Json["items"]![0]!["operation"]!);

        // The Smart OTP switch does not matter here; once the trust is gone the code is back.
        await owner.SwitchAsync("smart_otp", false);
        Assert.NotNull((await owner.ScanInAsync(phone)).Json["signedIn"]);
        await owner.ComeInAsync(phone);
        Assert.Equal(204, (await owner.PostAsync($"devices/{phone.Id}/deactivation")).Status);
        Assert.Equal("otp", (string)(await owner.ScanInAsync(phone)).Json["login"]!["next"]!);

        // Off again, from the same screen.
        await owner.ComeInAsync(phone);
        Assert.Equal("409 dependent_option_on", (await owner.SwitchAsync("remember_me", false)).ToString());
        Assert.Equal(200, (await owner.SwitchAsync("biometrics", false)).Status);
        Assert.Equal("422 biometric_not_enabled", (await owner.ScanInAsync(phone)).ToString());
        Assert.Equal(200, (await owner.SwitchAsync("remember_me", false)).Status);
        Assert.Equal("404 not_remembered", (await RememberedAsync(phone, phone)).ToString());

        // Chosen on the login screen.
        await owner.SignInAsync(phone, remember: true);
        Assert.Equal(owner.Number, (string)(await RememberedAsync(phone, phone)).Json["customerNumber"]!);
    }

    [Fact, Requirement("AUTH-08")]
    public async Task Smart_OTP_gives_the_code_of_a_login_by_the_trusted_devices_signature()
    {
        var owner = await scene.OwnerAsync();
        var phone = await owner.TrustedPhoneAsync("Telefoni");

        async Task<Http.Answer> SignAsync(string challenge, TestPhone by, string? boundTo = null) => await scene.PublicAsync(
            $"login/{challenge}/smart-otp", by.Sign(await scene.NonceAsync(phone, "smart_otp"), boundTo ?? challenge));

        var started = await owner.StartAsync(phone);
        var challenge = (string)started.Json["challengeId"]!;
        Assert.Equal("smart_otp", (string)started.Json["next"]!);
        Assert.Equal("422 bad_signature", (await SignAsync(challenge, new TestPhone("Hajduti"))).ToString());
        Assert.Equal("422 bad_signature", (await SignAsync(challenge, phone, boundTo: Guid.NewGuid().ToString())).ToString());
        var done = await SignAsync(challenge, phone);
        Assert.Equal(200, done.Status);
        owner.Enter(done.Json);
        Assert.Equal("422 challenge_expired", (await SignAsync(challenge, phone)).ToString());
        Assert.Equal("login_smart_otp", (string)(await owner.GetAsync($"devices/{phone.Id}/activity?limit=1")).Json["items"]![0]!["operation"]!);

        // Off, or on another phone: the code is typed.
        Assert.Equal(200, (await owner.SwitchAsync("smart_otp", false)).Status);
        started = await owner.StartAsync(phone);
        Assert.Equal("otp", (string)started.Json["next"]!);
        Assert.Equal("403 device_not_trusted", (await SignAsync((string)started.Json["challengeId"]!, phone)).ToString());
        Assert.Equal(200, (await owner.SwitchAsync("smart_otp", true)).Status);
        Assert.Equal("otp", (string)(await owner.StartAsync(new TestPhone("Tjetri"))).Json["next"]!);

        // Another key on the same installation: a reinstalled app, whose trust ends with its first login.
        var reinstalled = new TestPhone("Telefoni") { Id = phone.Id };
        Assert.False((bool)(await owner.SignInAsync(reinstalled))["deviceTrusted"]!);
        Assert.Empty((await owner.GetAsync("devices")).Json["items"]!.AsArray());
    }

    [Fact, Requirement("AUTH-09"), Requirement("AUTH-10"), Requirement("AUTH-11"), Requirement("AUTH-24"), Requirement("PROF-10")]
    public async Task A_Soft_PIN_of_the_trusted_phone_opens_the_Internet_Branch_once()
    {
        var owner = await scene.OwnerAsync();
        var phone = await owner.TrustedPhoneAsync("Telefoni");
        var first = (string)(await owner.SoftPinAsync(phone)).Json["code"]!;
        Assert.Matches("^[0-9]{6}$", first);

        // The same code until its minute is over, also from the entry screen; a new one ends it.
        var beforeLogin = await scene.PublicAsync("devices/soft-pin", new JsonObject
        {
            ["installationId"] = phone.Id,
            ["proof"] = phone.Sign(await scene.NonceAsync(phone, "soft_pin")),
        });
        Assert.Equal(200, beforeLogin.Status);
        Assert.Equal(["code", "expiresAt"], beforeLogin.Json.AsObject().Select(member => member.Key));
        var stranger = new TestPhone("Hajduti");
        Assert.Equal("403 device_not_trusted", (await scene.PublicAsync("devices/soft-pin", new JsonObject
        {
            ["installationId"] = stranger.Id,
            ["proof"] = stranger.Sign(await scene.NonceAsync(stranger, "soft_pin")),
        })).ToString());
        var former = (string)beforeLogin.Json["code"]!;
        var pin = (string)(await owner.SoftPinAsync(phone, isNew: true)).Json["code"]!;

        var challenge = await owner.AtInternetBranchAsync();
        if (former != pin)
            Assert.Equal("422 soft_pin_wrong", (await owner.TypeSoftPinAsync(challenge, former)).ToString());
        var done = await owner.TypeSoftPinAsync(challenge, pin);
        Assert.Equal(200, done.Status);
        Assert.Equal("422 soft_pin_expired", (await owner.TypeSoftPinAsync(await owner.AtInternetBranchAsync(), pin)).ToString());

        // Its minute, one more for clocks and fingers, and no longer.
        var slow = (string)(await owner.SoftPinAsync(phone, isNew: true)).Json["code"]!;
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(200, (await owner.TypeSoftPinAsync(await owner.AtInternetBranchAsync(), slow)).Status);
        var slower = (string)(await owner.SoftPinAsync(phone, isNew: true)).Json["code"]!;
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(120));
        Assert.Equal("422 soft_pin_expired", (await owner.TypeSoftPinAsync(await owner.AtInternetBranchAsync(), slower)).ToString());

        // The fifth wrong one cancels the login.
        challenge = await owner.AtInternetBranchAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal("422 soft_pin_wrong", (await owner.TypeSoftPinAsync(challenge, Other((string)(await owner.SoftPinAsync(phone)).Json["code"]!))).ToString());
        Assert.Equal("422 challenge_cancelled", (await owner.TypeSoftPinAsync(challenge, (string)(await owner.SoftPinAsync(phone)).Json["code"]!)).ToString());

        // Off for this device.
        Assert.Equal(200, (await owner.SwitchAsync("soft_pin", false)).Status);
        Assert.Equal("422 soft_pin_disabled", (await owner.SoftPinAsync(phone)).ToString());
        Assert.Equal("422 soft_pin_disabled", (await owner.TypeSoftPinAsync(await owner.AtInternetBranchAsync(), "000000")).ToString());
        Assert.Equal("422 biometrics_need_scan", (await owner.SwitchAsync("biometrics", true)).ToString());
        Assert.True((bool)(await owner.SwitchAsync("soft_pin", true)).Json["softPin"]!);
    }

    [Fact, Requirement("AUTH-21"), Requirement("QR-21"), Requirement("QR-22")]
    public async Task Semi_authentication_opens_Smart_Pay_only_with_the_devices_key_alone()
    {
        var owner = await scene.OwnerAsync();
        var phone = new TestPhone("Telefoni");
        await owner.ComeInAsync(phone);
        await owner.SwitchAsync("remember_me", true);
        async Task<Http.Answer> EnterAsync(TestPhone by) => await scene.PublicAsync(
            "login/smart-pay", new JsonObject { ["installation"] = phone.Installation, ["proof"] = by.Sign(await scene.NonceAsync(phone, "smart_pay_login")) });

        Assert.Equal("422 semi_authentication_off", (await EnterAsync(phone)).ToString());
        Assert.True((bool)(await owner.SwitchAsync("semi_authentication", true)).Json["semiAuthentication"]!);
        Assert.Equal("422 bad_signature", (await EnterAsync(new TestPhone("Hajduti"))).ToString());
        var entered = await EnterAsync(phone);
        Assert.Equal(200, entered.Status);
        owner.Enter(entered.Json);
        Assert.False((bool)(await owner.GetAsync("smart-pay")).Json["isActive"]!);
        Assert.Equal("403 scope_required", (await owner.GetAsync("security")).ToString());
        Assert.Equal("403 scope_required", (await owner.GetAsync("accounts")).ToString());

        await owner.ComeInAsync(phone);
        Assert.Equal(200, (await owner.SwitchAsync("semi_authentication", false)).Status);
        Assert.Equal("422 semi_authentication_off", (await EnterAsync(phone)).ToString());
    }

    private async Task<Http.Answer> RememberedAsync(TestPhone phone, TestPhone signer) => await scene.PublicAsync(
        "devices/remembered", new JsonObject { ["installationId"] = phone.Id, ["proof"] = signer.Sign(await scene.NonceAsync(phone, "remembered")) });

    private static string Other(string code) => code[..5] + (code[5] == '0' ? '1' : '0');
}

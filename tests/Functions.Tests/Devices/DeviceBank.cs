using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Devices;

/// <summary>A bank whose customers sign in with phones: every test has customers of its own. Codes may be sent as often as tests sign in.</summary>
public sealed partial class DeviceBank : IAsyncLifetime
{
    private static int numbers = 640_000_000;

    public HttpBank Bank { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bank = await HttpBank.StartAsync(options =>
        {
            options.Clock = new MovableClock(DateTimeOffset.Parse("2027-03-01T10:00:00Z", CultureInfo.InvariantCulture));
            options.Settings["Credentials:HashIterations"] = "1000";
            options.Settings["Credentials:SendsPerHour"] = "1000";
            options.Settings["Credentials:ResendSeconds"] = "0";
            options.Settings["Credentials:AddressTriesPerMinute"] = "10000";
        });
        await FollowAsync();
    }

    public async ValueTask DisposeAsync() => await Bank.DisposeAsync();

    /// <summary>With contact details, a personal number and a password.</summary>
    public async Task<Owner> OwnerAsync(string password = Owner.Password)
    {
        var number = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        var owner = new Owner(this, number, $"J{number[1..]}A");
        var answer = await StaffAsync("PUT", $"customers/{number}", new JsonObject
        {
            ["name"] = "Arta Hoxha",
            ["language"] = "en",
            ["pushToken"] = $"phone-{number}",
            ["phone"] = $"+35569{number[^7..]}",
            ["email"] = $"{number}@example.com",
            ["personalNumber"] = owner.PersonalNumber,
        });
        Assert.True(answer.Status == 200, answer.ToString());
        await TestUsers.RegisterAsync(Bank.Host.Services, number, password);
        return owner;
    }

    public async Task<Answer> StaffAsync(string method, string path, JsonNode? body = null, string roles = "branch") => await Bank.CallAsync(
        method, $"backoffice/v1/{path}", body?.ToJsonString(), await Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = roles }));

    public Task<Answer> PublicAsync(string path, JsonNode body) => Bank.CallAsync("POST", $"public/v1/{path}", body.ToJsonString());

    /// <summary>Title and text of what went out over a channel, newest first.</summary>
    public async Task<string[]> MessagesAsync(string number, string channel)
    {
        await Bank.WhenIdleAsync();
        var messages = JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={number}&channel={channel}"))!["messages"]!.AsArray();
        return [.. messages.Select(message => $"{message!["title"]}: {message["text"]}")];
    }

    /// <summary>The customer's phones take push messages, as apps do.</summary>
    public async Task TakeMessagesAsync(string number)
    {
        foreach (var device in await Bank.Host.Services.GetRequiredService<ListDevices>().AllAsync(CustomerId.Of(number), CancellationToken.None))
            await Bank.Host.Services.GetRequiredService<PushTokens>().SaveAsync(CustomerId.Of(number), device.Id, $"phone-{number}", CancellationToken.None);
    }

    public async Task<string> SentCodeAsync(string number) => SixDigits.Match((await MessagesAsync(number, "sms"))[0]).Value;

    public async Task<string> NonceAsync(TestPhone phone, string purpose)
    {
        var answer = await PublicAsync("devices/challenges", new JsonObject { ["installationId"] = phone.Id, ["purpose"] = purpose });
        return (string)answer.Json["nonce"]!;
    }

    public async Task<string> AttestAsync(TestPhone phone, string nonce, string device = "genuine")
    {
        using var answer = await Bank.Sandbox.PostAsync("attestations", HttpBank.Json(
            new JsonObject { ["key"] = phone.Thumbprint, ["nonce"] = nonce, ["device"] = device }.ToJsonString()));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["attestation"]!.ToString();
    }

    /// <summary>A chip as a phone reads it.</summary>
    public async Task<JsonNode> ChipAsync(string personalNumber, string? fault = null, string? expiresOn = null)
    {
        using var answer = await Bank.Sandbox.PostAsync("identity-documents", HttpBank.Json(
            new JsonObject { ["personalNumber"] = personalNumber, ["fault"] = fault, ["expiresOn"] = expiresOn }.ToJsonString()));
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>The sandbox's clock to the bank's.</summary>
    public async Task FollowAsync() =>
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""))).EnsureSuccessStatusCode();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits { get; }
}

/// <summary>A phone with its installation's key and the key behind its scanner.</summary>
public sealed class TestPhone(string name)
{
    private readonly TestDevice device = new();
    private readonly TestDevice scanner = new();

    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string Name => name;

    public JsonObject Installation => new() { ["id"] = Id, ["name"] = name, ["type"] = "android", ["publicKey"] = JsonNode.Parse(device.Key) };

    public JsonObject BiometricKey => JsonNode.Parse(scanner.Key)!.AsObject();

    public string Thumbprint => device.Thumbprint;

    public Installation Described => new(InstallationId.Of(Id), name, InstallationType.Android, device.Key);

    public JsonObject Sign(string nonce, string? boundTo = null) => device.Prove(nonce, boundTo);

    public JsonObject Scan(string nonce) => scanner.Prove(nonce);
}

/// <summary>A customer with phones, in a user's words.</summary>
public sealed class Owner(DeviceBank scene, string number, string personalNumber)
{
    public const string Password = "Vera2026x";

    private string token = "";

    public string Number => number;

    public string PersonalNumber => personalNumber;

    public string Token => token;

    /// <summary>The password was forgotten: a branch's unique code, the code by SMS, and <see cref="Password"/> is the new one.</summary>
    public async Task RecoverAsync()
    {
        var walk = new SignInWalk(scene.Bank.Anonymous, scene.Bank.Sandbox);
        using var teller = await scene.Bank.StaffAsync();
        var recovery = $"api/public/v1/recoveries/{(await walk.PostAsync("api/public/v1/recoveries", $$"""{"identifier":"{{number}}"}"""))["recoveryId"]}";
        await walk.PostAsync($"{recovery}/unique-code", $$"""{"uniqueCode":"{{await walk.UniqueCodeAsync(teller, number)}}"}""");
        await walk.PostAsync($"{recovery}/code", $$"""{"code":"{{await walk.CodeAsync(number)}}"}""");
        await walk.PostAsync($"{recovery}/password", $$"""{"password":"{{Password}}","passwordAgain":"{{Password}}"}""");
    }

    /// <summary>Password, and what is asked for next.</summary>
    public Task<Answer> StartAsync(TestPhone phone, bool? remember = null, string? location = null) => scene.PublicAsync("login", new JsonObject
    {
        ["identifier"] = number,
        ["password"] = Password,
        ["channel"] = "app",
        ["installation"] = phone.Installation,
        ["rememberMe"] = remember,
        ["location"] = location,
    });

    /// <summary>Password and code of SMS; the session is this owner's from now on.</summary>
    public async Task<JsonNode> SignInAsync(TestPhone phone, bool? remember = null, string? location = null)
    {
        var started = await StartAsync(phone, remember, location);
        Assert.True(started.Status == 200, started.ToString());
        return await TypeCodeAsync((string)started.Json["challengeId"]!);
    }

    public async Task<JsonNode> TypeCodeAsync(string challenge)
    {
        var done = await scene.PublicAsync($"login/{challenge}/code", new JsonObject { ["code"] = await scene.SentCodeAsync(number) });
        Assert.True(done.Status == 200, done.ToString());
        await scene.TakeMessagesAsync(number);
        return Enter(done.Json);
    }

    public JsonNode Enter(JsonNode signedIn)
    {
        token = (string)signedIn["session"]!["accessToken"]!;
        return signedIn;
    }

    /// <summary>A browser's session, opened the short way.</summary>
    public Task<string> BrowserAsync() => scene.Bank.TokenAsync(new() { ["customer"] = number, ["channel"] = "web" });

    /// <summary>The bank's own operations for a login, without password and code: for tests that are about what comes after.</summary>
    /// <returns>Whether trust was offered.</returns>
    public async Task<bool> ComeInAsync(TestPhone phone)
    {
        var recorded = await scene.Bank.Host.Services.GetRequiredService<RecordLogin>().RunAsync(
            new LoginToRecord(CustomerId.Of(number), phone.Described, Guid.NewGuid().ToString(), LoginMethod.Password), CancellationToken.None);
        var opened = await scene.Bank.Host.Services.GetRequiredService<OpenSession>().RunAsync(
            new SessionStart(
                CustomerId.Of(number), null, SessionChannel.App, phone.Described.Id, phone.Described.PublicKeyJwk, recorded.DeviceTrusted, SessionScope.Full, ["pwd", "otp"], true),
            CancellationToken.None);
        token = opened.Value!.AccessToken;
        await scene.TakeMessagesAsync(number);
        return recorded.OfferTrust;
    }

    public Task<Answer> GetAsync(string path, string? by = null) => scene.Bank.CallAsync("GET", $"v1/{path}", token: by ?? token);

    /// <param name="key">The operation takes an idempotency key: a new one.</param>
    public Task<Answer> PostAsync(string path, JsonNode? body = null, string? place = null, bool key = false) => scene.Bank.CallAsync("POST", $"v1/{path}", body?.ToJsonString(), token, request =>
    {
        if (key)
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        if (place is not null)
            request.Headers.Add("Device-Location", place);
    });

    public async Task<Answer> TrustAsync(TestPhone phone, string device = "genuine", string? place = null)
    {
        var nonce = await scene.NonceAsync(phone, "trust");
        return await PostAsync("devices/trust", new JsonObject { ["proof"] = phone.Sign(nonce), ["attestation"] = await scene.AttestAsync(phone, nonce, device) }, place);
    }

    /// <summary>Three logins in a row and the tap; the short way in.</summary>
    public async Task<TestPhone> TrustedPhoneAsync(string name)
    {
        var phone = new TestPhone(name);
        for (var i = 0; i < 3; i++)
            await ComeInAsync(phone);
        var trusted = await TrustAsync(phone);
        Assert.True(trusted.Status == 200, trusted.ToString());
        return phone;
    }

    public async Task<Answer> BiometricsAsync(TestPhone phone, string? password = Password, string scan = "fingerprint") => await PostAsync("security/biometrics", new JsonObject
    {
        ["scan"] = scan,
        ["publicKey"] = phone.BiometricKey,
        ["proof"] = phone.Scan(await scene.NonceAsync(phone, "enable_biometrics")),
        ["password"] = password,
    });

    public async Task<Answer> ScanInAsync(TestPhone phone) => await scene.PublicAsync(
        "login/biometrics", new JsonObject { ["installation"] = phone.Installation, ["proof"] = phone.Scan(await scene.NonceAsync(phone, "biometric_login")) });

    public async Task<Answer> SoftPinAsync(TestPhone phone, bool isNew = false) =>
        await PostAsync("security/soft-pin", new JsonObject { ["proof"] = phone.Sign(await scene.NonceAsync(phone, "soft_pin")), ["isNew"] = isNew });

    public Task<Answer> SwitchAsync(string option, bool isOn) => PostAsync("security/options", new JsonObject { ["option"] = option, ["isOn"] = isOn });

    /// <summary>First step at the Internet Branch; the challenge's id.</summary>
    public async Task<string> AtInternetBranchAsync()
    {
        var started = await scene.PublicAsync("login", new JsonObject
        {
            ["identifier"] = number,
            ["password"] = Password,
            ["channel"] = "web",
            ["installation"] = new JsonObject { ["id"] = "browser-of-the-owner", ["name"] = "Firefox", ["type"] = "web" },
        });
        Assert.True(started.Status == 200, started.ToString());
        return (string)started.Json["challengeId"]!;
    }

    public Task<Answer> TypeSoftPinAsync(string challenge, string code) => scene.PublicAsync($"login/{challenge}/soft-pin", new JsonObject { ["code"] = code });

    public async Task<string> SettingsAsync() => (await GetAsync("security")).Json["device"]!.ToJsonString();
}

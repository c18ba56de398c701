using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Sessions;

/// <summary>A bank whose sessions are as short as in production, and customers who walk in by number, password and code.</summary>
public sealed partial class SignInBank : IAsyncLifetime
{
    public const string Password = "Vera2026x";

    private int numbers = 410_000_000;

    public HttpBank Bank { get; private set; } = null!;

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => Bank = await HttpBank.StartAsync(options =>
    {
        options.Settings["Sessions:AccessMinutes"] = "5";
        options.Settings["Sessions:IdleMinutes"] = "5";
        options.Settings["Credentials:HashIterations"] = "1000";
        options.Settings["Credentials:AddressTriesPerMinute"] = "60";
        options.Settings["Api:ForwardedHops"] = "1";
    });

    public async ValueTask DisposeAsync()
    {
        await Bank.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A customer with a telephone and a password, whom nobody else has.</summary>
    public async Task<string> RegisterAsync()
    {
        var number = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        var contact = new JsonObject
        {
            ["name"] = "Arta Hoxha",
            ["language"] = "en",
            ["pushToken"] = $"push-{number}",
            ["email"] = $"c{number}@example.com",
            ["phone"] = $"+35568{number[^7..]}",
        };
        var saved = await StaffAsync("PUT", $"customers/{number}", contact, "branch");
        Assert.True(saved.Status == 200, saved.ToString());
        await Bank.SignIn.RegisterAsync(number, Password);
        return number;
    }

    public async Task<Answer> StaffAsync(string method, string path, JsonNode? json = null, string role = "contact_centre") => await Bank.CallAsync(
        method, $"backoffice/v1/{path}", json?.ToJsonString(), await Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = role }));

    /// <summary>The first step of a login.</summary>
    public Task<Answer> StartAsync(string number, TestDevice device, string channel = "app", string scope = "full", string password = Password)
    {
        var installation = new JsonObject { ["id"] = device.Id.Value, ["name"] = "Telefoni", ["type"] = channel == "web" ? "web" : "android" };
        if (channel == "app")
            installation["publicKey"] = JsonNode.Parse(device.Key);
        return Bank.CallAsync("POST", "public/v1/login", new JsonObject
        {
            ["identifier"] = number,
            ["password"] = password,
            ["channel"] = channel,
            ["scope"] = scope,
            ["installation"] = installation,
        }.ToJsonString());
    }

    /// <summary>Both steps, with the code from the SMS.</summary>
    public async Task<Visit> SignInAsync(string number, TestDevice? device = null, string channel = "app", string scope = "full", string password = Password)
    {
        device ??= new TestDevice();
        var started = await StartAsync(number, device, channel, scope, password);
        Assert.True(started.Status == 200, started.ToString());
        await Bank.WhenIdleAsync();
        var signedIn = await Bank.CallAsync(
            "POST", $"public/v1/login/{started.Json["challengeId"]}/code", new JsonObject { ["code"] = Digits.Match((await InboxAsync(number, "sms"))[0]).Value }.ToJsonString());
        Assert.True(signedIn.Status == 200, signedIn.ToString());
        return new Visit(this, number, device, channel, signedIn);
    }

    /// <summary>Staff's look at the trail.</summary>
    public async Task<JsonArray> AuditAsync(string resource) => (await StaffAsync("GET", $"audit?resource={resource}", role: "auditor")).Json["items"]!.AsArray();

    /// <summary>Newest first.</summary>
    public async Task<string[]> InboxAsync(string number, string channel)
    {
        await Bank.WhenIdleAsync();
        var inbox = JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={number}&channel={channel}"))!;
        return [.. inbox["messages"]!.AsArray().Select(message => (string)message!["text"]!)];
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex Digits { get; }
}

/// <summary>One sign-in: what its device holds.</summary>
public sealed class Visit(SignInBank scene, string number, TestDevice device, string channel, Answer signedIn)
{
    public string Number => number;

    public TestDevice Device => device;

    /// <summary>What the sign-in answered.</summary>
    public JsonNode Home => signedIn.Json;

    public string Token { get; private set; } = (string)signedIn.Json["session"]!["accessToken"]!;

    public string RefreshToken { get; private set; } = (string)signedIn.Json["session"]!["refreshToken"]!;

    public Task<Answer> GetAsync(string path = "v1/accounts") => scene.Bank.CallAsync("GET", path, token: Token);

    public Task<Answer> CallAsync(string method, string path, JsonNode body) => scene.Bank.CallAsync(
        method, path, body.ToJsonString(), Token, request => request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N")));

    public Task<Answer> SignOutAsync() => scene.Bank.CallAsync("POST", "v1/session/sign-out", token: Token);

    /// <summary>Keeps the new tokens when it succeeds.</summary>
    public async Task<Answer> RefreshAsync()
    {
        var answer = await RefreshAsync(RefreshToken);
        if (answer.Status == 200)
            (Token, RefreshToken) = ((string)answer.Json["accessToken"]!, (string)answer.Json["refreshToken"]!);
        return answer;
    }

    /// <param name="key">Another one each time unless given.</param>
    /// <param name="proof">The right one of an app unless given; empty for none.</param>
    public Task<Answer> RefreshAsync(string token, string? key = null, string? installation = null, string? proof = null)
    {
        var body = new JsonObject { ["refreshToken"] = token, ["installationId"] = installation ?? device.Id.Value };
        if ((proof ?? (channel == "app" ? device.Refreshing(token, scene.Now) : "")) is { Length: > 0 } signed)
            body["proof"] = signed;
        return scene.Bank.CallAsync(
            "POST", "public/v1/sessions/refresh", body.ToJsonString(), change: request => request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString()));
    }
}

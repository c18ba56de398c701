using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlik;

/// <summary>One bank for the users of eKlik; every test has customers and users of its own.</summary>
public sealed partial class EKlikBank : TransferBank
{
    public const string Name = "eKlik users";
    public const string Password = "Dielli-2027", Pin = "274951";

    private static int users;

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    public static string NewUserName() => $"arta.{Interlocked.Increment(ref users)}";

    /// <summary>A customer at the branch.</summary>
    /// <param name="phone">Null for one without a phone.</param>
    public async Task<string> NewClientAsync(string? phone = "+35569", string? email = "c@example.com", string? person = null)
    {
        var number = (270_000_000 + Interlocked.Increment(ref users)).ToString(CultureInfo.InvariantCulture);
        var contact = new JsonObject { ["name"] = "Arta Hoxha", ["language"] = "en" };
        if (phone is not null)
            contact["phone"] = $"{phone}{number[^7..]}";
        if (email is not null)
            contact["email"] = $"{number}{email}";
        if (person is not null)
            contact["personalNumber"] = person;
        Assert.Equal(200, (await StaffAsync("branch", "PUT", $"customers/{number}", contact)).Status);
        return number;
    }

    /// <param name="roles">Of who calls; the id follows from them.</param>
    public async Task<Answer> StaffAsync(string roles, string method, string path, JsonNode? body = null, string? key = null) => await Bank.CallAsync(
        method, $"backoffice/v1/{path}", body?.ToJsonString(),
        await Bank.TokenAsync(new() { ["staff"] = $"{roles.Replace('_', '-')}-1", ["roles"] = roles }), WithKey(key));

    /// <summary>A call without a token.</summary>
    public Task<Answer> PostAsync(string path, JsonNode body, string? key = null) => Bank.CallAsync("POST", $"public/v1/eklik/{path}", body.ToJsonString(), change: WithKey(key));

    public Task<Answer> CreateAsync(string number, string user, string kind, string delivery, string? key = null) =>
        StaffAsync("branch", "POST", $"customers/{number}/eklik-users", new JsonObject { ["userName"] = user, ["kind"] = kind, ["delivery"] = delivery }, key);

    public Task<Answer> ActivateAsync(string user, string code, string? key = null) =>
        PostAsync("activations", new JsonObject { ["userName"] = user, ["activationCode"] = code }, key);

    public Task<Answer> ChooseAsync(string user, string token, string password, string? again = null, string? key = null) => PostAsync(
        "activations/password",
        new JsonObject { ["userName"] = user, ["activationToken"] = token, ["password"] = password, ["passwordAgain"] = again ?? password, ["browser"] = Browser() }, key);

    public Task<Answer> SignInAsync(string user, string password = Password, string? otp = null) =>
        PostAsync("login", new JsonObject { ["userName"] = user, ["password"] = password, ["otp"] = otp, ["browser"] = Browser() });

    /// <summary>A user with a password.</summary>
    /// <returns>The answer that signs in.</returns>
    public async Task<Answer> ActivatedAsync(string number, string user, string kind)
    {
        var created = await CreateAsync(number, user, kind, "branch");
        Assert.True(created.Status == 201, created.ToString());
        var activation = await ActivateAsync(user, Confided("activation code", created.Json["activationCode"]));
        var signedIn = await ChooseAsync(user, Confided("activation token", activation.Json["activationToken"]), Confided("password", Password));
        Assert.True(signedIn.Status == 200, signedIn.ToString());
        return signedIn;
    }

    public Task<Answer> IssueMTokenAsync(string user, bool isPresent = true, string? key = null) =>
        StaffAsync("branch", "POST", $"eklik/users/{user}/mtoken-codes", new JsonObject { ["branch"] = "TIA-01", ["clientPresent"] = isPresent }, key);

    public Task<Answer> ActivateMTokenAsync(string user, JsonNode codes, string pin = Pin, string? key = null) => PostAsync(
        "mtokens",
        new JsonObject
        {
            ["userName"] = user,
            ["registrationCode"] = (string)codes["registrationCode"]!,
            ["activationCode"] = (string)codes["activationCode"]!,
            ["pin"] = pin,
        },
        key);

    /// <returns>What the phone keeps.</returns>
    public async Task<string> MTokenAsync(string user)
    {
        var codes = await IssueMTokenAsync(user);
        Assert.True(codes.Status == 201, codes.ToString());
        Confided("mToken code", codes.Json["registrationCode"]);
        Confided("mToken code", codes.Json["activationCode"]);
        var activated = await ActivateMTokenAsync(user, codes.Json);
        Assert.True(activated.Status == 201, activated.ToString());
        return Confided("mToken secret", activated.Json["secret"]);
    }

    /// <summary>What the phone shows when this PIN is typed.</summary>
    public string Otp(string secret, string pin = Pin, double after = 0) => EKlikClients.Otp(EKlikClients.Key(secret, pin), Now.AddSeconds(after));

    /// <summary>The next step of the tokens.</summary>
    public Task NextOtpAsync() => Bank.AdvanceAsync(TimeSpan.FromSeconds(30));

    /// <summary>As if the bank had been switched off until then; who holds a token of staff has to fetch another one.</summary>
    public async Task SleepUntilAsync(DateTimeOffset time)
    {
        await Bank.WhenIdleAsync();
        await Bank.Host.SleepUntilAsync(time);
        using var level = await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Now.UtcDateTime:O}}"}"""));
        level.EnsureSuccessStatusCode();
    }

    public Sender Caller(Answer signedIn) => new(this, (string)signedIn.Json["customerNumber"]!, (string)signedIn.Json["session"]!["accessToken"]!);

    /// <summary>The texts that the customer got, oldest first.</summary>
    public async Task<string[]> MessagesAsync(string number, string channel)
    {
        var inbox = JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={number}&channel={channel}"))!["messages"]!.AsArray();
        return [.. inbox.OrderBy(message => (string)message!["receivedAt"]!, StringComparer.Ordinal).Select(message => (string)message!["text"]!)];
    }

    /// <summary>The newest message that has such a text, once it is there.</summary>
    public async Task<string> MessageAsync(string number, string channel, string part)
    {
        string? found = null;
        await Eventually.IsTrueAsync(async () => (found = (await MessagesAsync(number, channel)).LastOrDefault(text => text.Contains(part, StringComparison.Ordinal))) is not null);
        return found!;
    }

    /// <summary>What follows the number sign of a link in a message.</summary>
    public static string LinkIn(string text) => LinkShape().Match(text).Groups[1].Value;

    public static string CodeIn(string text) => text[..8];

    /// <summary>Whatever is confided must be found nowhere.</summary>
    public string Confided(string kind, JsonNode? secret) => Confided(kind, (string)secret!);

    public string Confided(string kind, string secret)
    {
        Bank.Secrets.Add(kind, secret);
        return secret;
    }

    /// <summary>No timer has anything to do with users, and the clock goes far here.</summary>
    protected override void Configure(IDictionary<string, string?> settings)
    {
        foreach (var timer in settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            settings[timer] = "0 0 0 29 2 *";
    }

    private static JsonObject Browser() => new() { ["id"] = "browser-0000000001", ["name"] = "Firefox" };

    [GeneratedRegex(@"#(\S+)")]
    private static partial Regex LinkShape();
}

[CollectionDefinition(EKlikBank.Name)]
public sealed class EKlikUsers : ICollectionFixture<EKlikBank>;

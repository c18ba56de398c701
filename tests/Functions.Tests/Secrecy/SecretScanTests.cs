using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Secrecy;

/// <summary>A customer's way from the branch to a signed-in phone, with wrong turns; then everything that the bank stored and logged is searched for what only the customer may know.</summary>
public sealed partial class SecretScanTests : IAsyncLifetime
{
    private const string Number = "630000001";
    private const string Password = "Vera2026xKodi";

    private readonly BankLog log = new();
    private readonly TestDevice phone = new();
    private HttpBank bank = null!;

    public async ValueTask InitializeAsync() => bank = await HttpBank.StartAsync(options => options.ConfigureLogging(logging => logging.AddProvider(log).AddFilter<BankLog>(null, LogLevel.Trace)));

    public ValueTask DisposeAsync() => bank.DisposeAsync();

    [Fact]
    public async Task No_password_code_or_token_is_in_any_table_queue_blob_or_log()
    {
        var registration = await RegisterAsync();
        await SignInAsync();

        Assert.True(bank.Secrets.Count >= 10, $"Only {bank.Secrets.Count} secrets came up.");
        Assert.True(log.Lines.Count > 100, $"The log has {log.Lines.Count} lines.");
        Assert.Empty(await bank.FindSecretsAsync(log));

        // What is searched is what the bank has: something that is no secret is found in it.
        var seen = new Secrets();
        seen.Add("registration", registration);
        Assert.NotEmpty(seen.FindIn(await StoredAsync()));
    }

    [Fact]
    public async Task A_secret_would_be_found_wherever_it_is_and_however_it_is_spelt()
    {
        const string Secret = "Fshehtë2026";
        var otp = "048213";
        var planted = new Secrets();
        planted.Add("password", Secret);
        planted.Add("otp", otp);
        var connection = (await AzuriteServer.SharedAsync()).ConnectionString;
        var prefix = bank.Host.Prefix;
        var table = new TableClient(connection, $"{prefix}planted");
        await table.CreateIfNotExistsAsync();
        var bytes = Encoding.UTF8.GetBytes(Secret);
        await table.AddEntityAsync(new TableEntity("a", "text") { ["Name"] = $"it is {Secret}." });
        await table.AddEntityAsync(new TableEntity("a", "base64") { ["Name"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"x{Secret}yz")) });
        await table.AddEntityAsync(new TableEntity("a", "hex") { ["Name"] = Convert.ToHexStringLower(bytes) });
        await table.AddEntityAsync(new TableEntity("a", "utf16") { ["Name"] = Encoding.Unicode.GetBytes(Secret) });
        await table.AddEntityAsync(new TableEntity("a", "otp") { ["Name"] = $"code {otp}, thank you" });
        await table.AddEntityAsync(new TableEntity("a", "number") { ["Name"] = $"1{otp}5" });
        var container = new BlobContainerClient(connection, $"{prefix}planted");
        await container.CreateIfNotExistsAsync();
        await container.UploadBlobAsync("note", BinaryData.FromString($"{{\"p\":\"{Secret}\"}}"));
        log.CreateLogger("Planted").LogInformation("{Body}", Secret);
        await ServiceBusAsync(Secret);

        var found = (await bank.FindSecretsAsync(log, planted)).Select(it => it.Replace(prefix, "", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();

        Assert.Contains("password as it is in table planted a/text", found);
        Assert.Contains("password in base64 in table planted a/base64", found);
        Assert.Contains("password in hexadecimal in table planted a/hex", found);
        Assert.Contains("password in UTF-16 in table planted a/utf16 Name", found);
        Assert.Contains("otp as it is in table planted a/otp", found);
        Assert.Contains("password as it is in blob planted/note", found);
        Assert.Contains("password as it is in log", found);
        Assert.Contains(found, it => it.StartsWith("password", StringComparison.Ordinal) && it.Contains(" in queue ", StringComparison.Ordinal));
        Assert.DoesNotContain(found, it => it.EndsWith("a/number", StringComparison.Ordinal));
    }

    /// <summary>To a queue that nobody listens to.</summary>
    private async Task ServiceBusAsync(string text)
    {
        await using var client = new Azure.Messaging.ServiceBus.ServiceBusClient(
            $"Endpoint=sb://{bank.Host.Prefix}.localhost;SharedAccessKeyName=local;SharedAccessKey=bG9jYWw=;UseDevelopmentEmulator=true");
        await client.CreateSender("planted").SendMessageAsync(new Azure.Messaging.ServiceBus.ServiceBusMessage(text));
    }

    private async Task<List<(string, byte[])>> StoredAsync()
    {
        List<(string, byte[])> all = [];
        await foreach (var stored in StorageDump.ReadAsync((await AzuriteServer.SharedAsync()).ConnectionString, bank.Host.Prefix))
            all.Add(stored);
        return all;
    }

    /// <returns>The registration's id.</returns>
    private async Task<string> RegisterAsync()
    {
        var teller = await bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });
        bank.Secrets.Add("staff token", teller);
        await MustAsync("PUT", $"backoffice/v1/customers/{Number}", """{"name":"Arta Hoxha","language":"en","pushToken":"p","phone":"+355690000001"}""", teller);
        await MustAsync("PUT", $"backoffice/v1/customers/{Number}/services-contract", """{"signedOn":"2026-01-31","rights":"payment"}""", teller);
        var unique = (string)(await MustAsync("POST", $"backoffice/v1/customers/{Number}/unique-codes", """{"branch":"TIA-01","clientPresent":true}""", teller)).Json["uniqueCode"]!;
        bank.Secrets.Add("unique code", unique);

        var id = (string)(await MustAsync("POST", "public/v1/registrations", """{"path":"existing_client","termsAccepted":true}""")).Json["registrationId"]!;
        var at = $"public/v1/registrations/{id}";
        await MustAsync("POST", $"{at}/client", $$"""{"identifier":"{{Number}}"}""");
        await RefusedAsync($"{at}/unique-code", """{"uniqueCode":"AAAAAAA2"}""");
        await MustAsync("POST", $"{at}/unique-code", $$"""{"uniqueCode":"{{unique}}"}""");
        var code = await CodeAsync();
        await RefusedAsync($"{at}/code", $$"""{"code":"{{Other(code)}}"}""");
        await MustAsync("POST", $"{at}/code", $$"""{"code":"{{code}}"}""");
        bank.Secrets.Add("password", "short1");
        await RefusedAsync($"{at}/password", """{"password":"short1"}""");
        bank.Secrets.Add("password", Password);
        await MustAsync("POST", $"{at}/password", $$"""{"password":"{{Password}}"}""");
        return id;
    }

    private async Task SignInAsync()
    {
        var key = JsonNode.Parse(phone.Key)!;
        JsonObject Login(string password) => new()
        {
            ["identifier"] = Number,
            ["password"] = password,
            ["channel"] = "app",
            ["installation"] = new JsonObject { ["id"] = phone.Id.Value, ["name"] = "Telefoni", ["type"] = "android", ["publicKey"] = key.DeepClone() },
        };
        bank.Secrets.Add("wrong password", "Vera2026xGabim");
        await RefusedAsync("public/v1/login", Login("Vera2026xGabim").ToJsonString());
        var started = await MustAsync("POST", "public/v1/login", Login(Password).ToJsonString());
        var code = await CodeAsync();
        var at = $"public/v1/login/{started.Json["challengeId"]}";
        await RefusedAsync($"{at}/code", $$"""{"code":"{{Other(code)}}"}""");
        var session = Confided((await MustAsync("POST", $"{at}/code", $$"""{"code":"{{code}}"}""")).Json["session"]!);
        await MustAsync("GET", "v1/accounts", null, session.Access);
        var proof = phone.Refreshing(session.Refresh, bank.Host.Clock.GetUtcNow());
        var refreshed = Confided((await MustAsync(
            "POST", "public/v1/sessions/refresh", $$"""{"refreshToken":"{{session.Refresh}}","installationId":"{{phone.Id.Value}}","proof":"{{proof}}"}""")).Json);
        await MustAsync("POST", "v1/session/sign-out", null, refreshed.Access);
        Assert.Equal("401 session_ended", (await bank.CallAsync("GET", "v1/accounts", token: refreshed.Access)).ToString());
    }

    private (string Access, string Refresh) Confided(JsonNode tokens)
    {
        var (access, refresh) = ((string)tokens["accessToken"]!, (string)tokens["refreshToken"]!);
        bank.Secrets.Add("access token", access);
        bank.Secrets.Add("refresh token", refresh);
        return (access, refresh);
    }

    /// <summary>The newest code that was sent to the phone.</summary>
    private async Task<string> CodeAsync()
    {
        await bank.WhenIdleAsync();
        var messages = JsonNode.Parse(await bank.Sandbox.GetStringAsync("inbox/messages?channel=sms"))!["messages"]!.AsArray();
        var code = messages.Select(message => SixDigits.Match((string)message!["text"]!)).First(match => match.Success).Value;
        bank.Secrets.Add("otp", code);
        return code;
    }

    private static string Other(string code) => (code[0] == '9' ? '1' : (char)(code[0] + 1)) + code[1..];

    private async Task RefusedAsync(string path, string json)
    {
        var answer = await bank.CallAsync("POST", path, json, change: WithKey);
        Assert.True(answer.Status is >= 400 and < 500, $"{path}: {answer}");
    }

    private async Task<Answer> MustAsync(string method, string path, string? json, string? token = null)
    {
        var answer = await bank.CallAsync(method, path, json, token, WithKey);
        Assert.True(answer.Status is >= 200 and < 300, $"{path}: {answer}");
        return answer;
    }

    private static void WithKey(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Post)
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
    }

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex SixDigits { get; }
}

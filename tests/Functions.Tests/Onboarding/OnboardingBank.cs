using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Onboarding;

/// <summary>One bank for everything about newcomers: a Wednesday at eleven in Tirana. Of the timers only those that a test fires run.</summary>
public sealed class OnboardingBank : TransferBank, IAsyncLifetime
{
    public const string Name = "onboarding";

    public const string Compliance = "pajtueshmeria@example.com";

    private static int people;

    private static readonly DateTimeOffset Start = new(2027, 3, 3, 10, 0, 0, TimeSpan.Zero);

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await LevelAsync();
    }

    protected override void Configure(FunctionsTestHostOptions options)
    {
        options.Clock = new MovableClock(Start);
        options.Settings["Credentials__ResendSeconds"] = "0";
        options.Settings["Credentials__SendsPerHour"] = "1000";
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
    }

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    /// <summary>As if the bank had been switched off until then.</summary>
    public async Task SleepAsync(TimeSpan by)
    {
        await Bank.WhenIdleAsync();
        await Bank.Host.SleepUntilAsync(Now + by);
        await Bank.WhenIdleAsync();
        await LevelAsync();
    }

    private async Task LevelAsync() =>
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Now.UtcDateTime:O}}"}"""))).EnsureSuccessStatusCode();

    /// <summary>Somebody nobody has seen before.</summary>
    public Applicant Newcomer(string? personalId = null)
    {
        var number = Interlocked.Increment(ref people);
        return new Applicant(this, $"a{number}@example.com", personalId ?? $"J{number:D8}A", $"+35568{number + 1000000:D7}");
    }

    public Task<string> OfficerAsync(string id = "officer-1") => Bank.TokenAsync(new() { ["staff"] = id, ["roles"] = "compliance" });

    /// <summary>What an address got, oldest first.</summary>
    public async Task<string[]> MessagesAsync(string channel, string to)
    {
        await Bank.WhenIdleAsync();
        var inbox = JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?channel={channel}"))!["messages"]!.AsArray();
        return [.. inbox.Reverse().Where(message => (string)message!["to"]! == to).Select(message => $"{message!["title"]}: {message["text"]}")];
    }

    public async Task KnobsAsync(string party, string? knobs)
    {
        using var answer = knobs is null ? await Bank.Sandbox.DeleteAsync($"knobs/{party}") : await Bank.Sandbox.PutAsync($"knobs/{party}", HttpBank.Json(knobs));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The first of compliance proposes, the second approves.</summary>
    public async Task<Answer> DecideAsync(string application, string decision, string first = "officer-1", string second = "officer-2")
    {
        var proposed = await Bank.CallAsync(
            "POST", $"backoffice/v1/onboarding/applications/{application}/decisions", $$"""{"decision":"{{decision}}","reason":"Dokumenti u krahasua"}""", await OfficerAsync(first), WithKey());
        return proposed.Status == 201
            ? await Bank.CallAsync("PUT", $"backoffice/v1/onboarding/applications/{application}/decisions/{proposed.Json["id"]}", """{"decision":"approve"}""", await OfficerAsync(second))
            : proposed;
    }
}

[CollectionDefinition(OnboardingBank.Name)]
public sealed class OnboardingCollection : ICollectionFixture<OnboardingBank>;

/// <summary>Somebody who wants to become a customer, with an app, a camera and a telephone.</summary>
public sealed partial class Applicant(OnboardingBank scene, string email, string personalId, string mobile)
{
    public const string Installation = "3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f";

    public const string Consents = """{"consents":[{"document":"privacy_policy","version":"2026-01"},{"document":"video_identification_terms","version":"2026-01"}]}""";

    public const string Video = """{"documentType":"identity_card"}""";

    public const string Residence =
        """{"emigrant":false,"city":"tirane","postalCode":"1001","address":"Rruga e Kavajës 12, Hyrja 3","administrativeUnit":"tirane-7","village":"tirane-7-qender","branch":"1101"}""";

    public const string PersonalData =
        """{"educationLevel":"bachelor","profession":"economist","jobPosition":"employee","civilStatus":"single","fatherFirstName":"Agim","motherMaidenSurname":"Leka","birthCountry":"AL","birthCity":"tirane","marketingEmails":false,"creditHistoryCheck":true}""";

    public string Email => email;

    public string PersonalId => personalId;

    public string Mobile => mobile;

    public string Surname { get; init; } = "Kola";

    public string GivenNames { get; init; } = "Drita";

    public string BirthDate { get; init; } = "2000-01-01";

    public string Token { get; set; } = "";

    public string Id { get; private set; } = "";

    /// <returns>Challenge and code.</returns>
    public async Task<(string Challenge, string Code)> ProveEmailAsync(string purpose = "open", string language = "en")
    {
        var sent = await scene.Bank.CallAsync(
            "POST", "public/v1/onboarding/email-codes", $$"""{"email":"{{email}}","personalId":"{{personalId}}","purpose":"{{purpose}}","language":"{{language}}"}""");
        Assert.True(sent.Status == 200, sent.ToString());
        return ((string)sent.Json["challenge"]!, await CodeAsync("email", email));
    }

    public async Task<Answer> EnterAsync(string purpose = "open")
    {
        var (challenge, code) = await ProveEmailAsync(purpose);
        return await EnterAsync(challenge, code);
    }

    public async Task<Answer> EnterAsync(string challenge, string code)
    {
        var entered = await scene.Bank.CallAsync("POST", "public/v1/onboarding/applications", EnterBody(challenge, code));
        if (entered.Status is 200 or 201)
            (Token, Id) = ((string)entered.Json["applicationToken"]!, (string)entered.Json["application"]!["applicationId"]!);
        return entered;
    }

    public static string EnterBody(string challenge, string code) => $$"""{"challenge":"{{challenge}}","code":"{{code}}","installationId":"{{Installation}}"}""";

    public Task<Answer> PostAsync(string step, string body) =>
        scene.Bank.CallAsync("POST", $"public/v1/onboarding/application/{step}", body, change: request => request.Headers.Add("Application-Token", Token));

    public Task<Answer> GetAsync(string what = "") =>
        scene.Bank.CallAsync("GET", $"public/v1/onboarding/application{(what.Length > 0 ? "/" : "")}{what}", change: request => request.Headers.Add("Application-Token", Token));

    public async Task<byte[]> PdfAsync(string what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/public/v1/onboarding/application/{what}");
        request.Headers.Add("Application-Token", Token);
        using var answer = await scene.Bank.Anonymous.SendAsync(request);
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Status and what is due: <c>consented start_video</c>.</summary>
    public async Task<string> StandAsync()
    {
        var answer = await GetAsync();
        return answer.Status == 200 ? $"{answer.Json["status"]} {answer.Json["next"]}" : answer.ToString();
    }

    public Task<Answer> ConsentAsync() => PostAsync("consents", Consents);

    public Task<Answer> StartVideoAsync() => PostAsync("video-sessions", Video);

    /// <summary>Opens a session and is filmed; the bank has the provider's word.</summary>
    public async Task<Answer> VideoAsync(string outcome = "verified", string? expiresOn = null)
    {
        var started = await StartVideoAsync();
        Assert.True(started.Status == 201, started.ToString());
        await FilmAsync(started, outcome, expiresOn);
        return started;
    }

    public async Task FilmAsync(Answer started, string outcome = "verified", string? expiresOn = null, bool isTold = true)
    {
        var film = new JsonObject
        {
            ["outcome"] = outcome,
            ["personalNumber"] = personalId,
            ["surname"] = Surname,
            ["givenNames"] = GivenNames,
            ["birthDate"] = BirthDate,
            ["number"] = "AB1234567",
        };
        if (expiresOn is not null)
            film["expiresOn"] = expiresOn;
        using var filmed = await scene.Bank.Sandbox.PostAsync((string)started.Json["captureUrl"]!, HttpBank.Json(film.ToJsonString()));
        Assert.True(filmed.IsSuccessStatusCode, await filmed.Content.ReadAsStringAsync());
        if (isTold)
            await Eventually.IsTrueAsync(async () => (string)(await GetAsync()).Json["status"]! != "identifying");
    }

    public async Task<Answer> MobileAsync(string? number = null)
    {
        var declared = await PostAsync("mobile", $$"""{"mobile":"{{number ?? mobile}}"}""");
        return declared.Status == 200 ? await PostAsync("mobile/code", $$"""{"code":"{{await CodeAsync("sms", number ?? mobile)}}"}""") : declared;
    }

    /// <summary>From nothing to everything said, but not confirmed.</summary>
    public async Task ToReviewAsync(string tax = """{"usRelation":false,"foreignTaxpayer":false}""")
    {
        Assert.Equal(201, (await EnterAsync()).Status);
        Assert.Equal(200, (await ConsentAsync()).Status);
        await VideoAsync();
        Assert.Equal("identified declare_mobile", await StandAsync());
        Assert.Equal(200, (await MobileAsync()).Status);
        foreach (var (step, body) in new[] { ("residence", Residence), ("tax-status", tax), ("personal-data", PersonalData) })
        {
            var saved = await PostAsync(step, body);
            Assert.True(saved.Status == 200, $"{step}: {saved}");
        }
    }

    public async Task<Answer> ConfirmDataAsync() => await PostAsync("review/confirmation", $$"""{"dataHash":"{{(await GetAsync("review")).Json["dataHash"]}}"}""");

    /// <returns>The code that signs the contract, which was shown and confirmed.</returns>
    public async Task<string> ConfirmContractAsync()
    {
        var confirmed = await PostAsync("contract/confirmation", $$"""{"documentHash":"{{HashOf(await PdfAsync("contract"))}}"}""");
        Assert.True(confirmed.Status == 200, confirmed.ToString());
        return await CodeAsync("sms", mobile);
    }

    public async Task<Answer> SignAsync() => await PostAsync("contract/signature", $$"""{"code":"{{await ConfirmContractAsync()}}"}""");

    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The newest six digits that the address got.</summary>
    public async Task<string> CodeAsync(string channel, string to) =>
        CodeShape.Match((await scene.MessagesAsync(channel, to)).Last(text => CodeShape.IsMatch(text))).Value;

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex CodeShape { get; }
}

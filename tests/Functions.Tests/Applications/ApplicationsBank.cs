using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Tests.Applications;

/// <summary>One bank for everything about applications: a Wednesday at eleven in Tirana. Of the timers only those that a test fires run.</summary>
public sealed class ApplicationsBank : TransferBank, IAsyncLifetime
{
    public const string Name = "applications";

    private const string InterbankSecret = "c2FuZGJveCBvbmx5LCBpbnRlcmJhbmsuLi4uLi4uLi4=";

    public const string VideoSecret = "c2FuZGJveCBvbmx5LCB2aWRlby1reWMuLi4uLi4uLi4=";

    public const string SignatureSecret = "c2FuZGJveCBvbmx5LCBxdWFsaWZpZWQgc2lnbmF0dXJl";

    public const string CardsSecret = "c2FuZGJveCBvbmx5LCBjYXJkIHByb2Nlc3Nvci4uLi4=";

    private static readonly DateTimeOffset Start = new(2027, 3, 3, 10, 0, 0, TimeSpan.Zero);

    private static int people;

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Now.UtcDateTime:O}}"}"""))).EnsureSuccessStatusCode();
    }

    protected override void Configure(FunctionsTestHostOptions options)
    {
        options.Clock = new MovableClock(Start);
        options.Settings["Applications__RetentionDays"] = "14";
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
    }

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    /// <summary>A customer with a personal number of his own (born in 1985), and what the credit registry knows of him.</summary>
    /// <param name="report">As the sandbox takes it; null for nothing.</param>
    public async Task<Applicant> ApplicantAsync(string? report = null)
    {
        var person = string.Create(CultureInfo.InvariantCulture, $"I5{1 + (Interlocked.Increment(ref people) / 28):D2}{1 + (people % 28):D2}{100 + people}K");
        var sender = await CustomerAsync("Arta Hoxha", personalNumber: person);
        if (report is not null)
        {
            using var told = await Bank.Sandbox.PutAsync($"credit-registries/credit-registry/people/{person}", HttpBank.Json(report));
            told.EnsureSuccessStatusCode();
        }

        return new Applicant(this, sender, person);
    }

    /// <summary>An employer pays at another bank; the payer's bank marks it as a salary.</summary>
    public async Task PaySalaryAsync(OpenedAccount account, string amount, string purpose = "SALA", string? message = null)
    {
        message ??= $"PAY{Guid.NewGuid():N}"[..20];
        var xml = $"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf><GrpHdr><MsgId>{message}</MsgId><CreDtTm>2026-11-24T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs><SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>NOTPROVIDED</EndToEndId><TxId>{message}</TxId></PmtId><IntrBkSttlmAmt Ccy="{account.Currency}">{amount}</IntrBkSttlmAmt><ChrgBr>SHAR</ChrgBr><Dbtr><Nm>Fabrika</Nm></Dbtr><DbtrAgt><FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt><CdtrAgt><FinInstnId><BICFI>SRVLALTR</BICFI></FinInstnId></CdtrAgt><Cdtr><Nm>Arta Hoxha</Nm></Cdtr><CdtrAcct><Id><IBAN>{account.Iban}</IBAN></Id></CdtrAcct><Purp><Cd>{purpose}</Cd></Purp></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>""";
        var paid = await WebhookAsync("interbank", new JsonObject { ["type"] = "interbank.raw", ["data"] = new JsonObject { ["message"] = xml } }, InterbankSecret);
        Assert.True(paid.Status == 204, paid.ToString());
    }

    /// <summary>A partner's webhook, signed as it signs.</summary>
    public Task<Answer> WebhookAsync(string partner, JsonObject body, string secret, string? id = null)
    {
        var text = body.ToJsonString();
        id ??= $"msg_{Guid.NewGuid():N}";
        var at = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret), Encoding.UTF8.GetBytes($"{id}.{at}.{text}")));
        return Bank.CallAsync("POST", $"webhooks/{partner}", text, change: request =>
        {
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", at);
            request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{signature}");
        });
    }

    public Task<string> OfficerAsync(string id = "cards-1") => Bank.TokenAsync(new() { ["staff"] = id, ["roles"] = "cards" });

    public async Task<Answer> DeskAsync(string method, string path, string? json = null, string officer = "cards-1", string? key = null) =>
        await Bank.CallAsync(method, $"backoffice/v1/applications{path}", json, await OfficerAsync(officer), method == "POST" ? WithKey(key) : null);

    /// <summary>Waits until the sandbox has told the bank everything, and the bank has done what follows.</summary>
    public async Task WhenToldAsync(string partner)
    {
        await Eventually.IsTrueAsync(async () => (await Bank.Sandbox.GetFromJsonAsync<JsonObject>($"webhooks/sent?partner={partner}"))!["webhooks"]!.AsArray()
            .All(webhook => (string)webhook!["status"]! != "pending"));
        await Bank.WhenIdleAsync();
    }

    /// <summary>The same call from four at once.</summary>
    public static Task<RaceAnswer> RaceAsync(RaceCall call, Func<Task<int>> effects) => RaceHarness.SameCallAsync(call, effects, callers: 4);

    /// <summary>One proposes, another agrees.</summary>
    /// <param name="limit">Null declines.</param>
    public async Task DecideAsync(Guid application, string? limit, string currency = "ALL")
    {
        var proposed = await ProposeAsync(application, limit, currency);
        Assert.True(proposed.Status == 201, proposed.ToString());
        var decided = await DeskAsync("PUT", $"/{application}/decision-proposals/{proposed.Json["id"]}/decision", """{"decision":"approve"}""", "cards-2");
        Assert.Equal("applied", (string?)decided.Json["state"]);
        await Bank.WhenIdleAsync();
    }

    public Task<Answer> ProposeAsync(Guid application, string? limit, string currency = "ALL", string officer = "cards-1") => DeskAsync(
        "POST", $"/{application}/decision-proposals",
        new JsonObject { ["reason"] = "Te ardhura", ["limit"] = limit is null ? null : Sender.Money(limit, currency) }.ToJsonString(), officer);

    /// <summary>What the desk was written, newest first.</summary>
    public async Task<string[]> MailsAsync()
    {
        await Bank.WhenIdleAsync();
        var inbox = await Bank.Sandbox.GetFromJsonAsync<JsonObject>("inbox/messages?channel=email");
        return [.. inbox!["messages"]!.AsArray().Where(mail => (string)mail!["to"]! == "kartat@example.com").Select(mail => (string)mail!["text"]!)];
    }

    public async Task ProveAsync()
    {
        var balance = await Bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: await Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "ledger" }));
        Assert.True((bool)balance.Json["isProven"]!, balance.ToString());
    }

    /// <summary>The workflow has seen the end, and its history knows ids only.</summary>
    public async Task EndedAsync(Guid application, Applicant applicant)
    {
        var ended = await Bank.Host.WaitForOrchestrationAsync(StartApplication.InstanceId(application));
        Assert.Equal(application.ToString(), ended.SerializedInput!.Trim('"'));
        Assert.DoesNotContain(applicant.Sender.Number, $"{ended.SerializedInput}{ended.SerializedOutput}", StringComparison.Ordinal);
        Assert.DoesNotContain(applicant.Person, $"{ended.SerializedInput}{ended.SerializedOutput}", StringComparison.Ordinal);
    }
}

/// <summary>A customer who applies for something, in a user's words.</summary>
public sealed class Applicant(ApplicationsBank scene, Sender sender, string person)
{
    public const string Personal = """{"residenceStatus":"owner","maritalStatus":"married","familyMembers":4}""";

    public const string Work = """{"education":"master","sector":"education","profession":"teacher","monthsInJob":24,"monthsAtWork":60}""";

    public const string Consents = """{"acceptedTerms":"2026-01","allowsCreditRegistry":true}""";

    private Sender sender = sender;

    public Sender Sender => sender;

    public string Person => person;

    /// <summary>After the clock was moved.</summary>
    public async Task SignInAsync() => sender = await scene.SignInAsync(sender.Number);

    /// <summary>A draft of which nothing is missing, for an overdraft on a new account with a salary.</summary>
    public async Task<(Guid Id, OpenedAccount Account)> DraftOverdraftAsync(string salary, string limit)
    {
        var account = await sender.OpenAccountAsync("0.00");
        await scene.PaySalaryAsync(account, salary);
        var id = Guid.NewGuid();
        foreach (var (path, body) in new[] { ("", $$$"""{"limit":{"amount":"{{{limit}}}","currency":"ALL"}}"""), ("/personal-data", Personal), ("/work", Work) })
        {
            var saved = await sender.CallAsync("PUT", $"v1/overdraft-applications/{id}{path}", body);
            Assert.True(saved.Status == 200, saved.ToString());
        }

        return (id, account);
    }

    public async Task<(Guid Id, OpenedAccount Account)> SubmitOverdraftAsync(string salary, string limit)
    {
        var (id, account) = await DraftOverdraftAsync(salary, limit);
        var submitted = await sender.CallAsync("POST", $"v1/overdraft-applications/{id}/submission", Consents);
        Assert.True(submitted.Status == 200, submitted.ToString());
        await scene.Bank.WhenIdleAsync();
        return (id, account);
    }

    public async Task<JsonNode> FindAsync(Guid id) => (await sender.GetAsync($"v1/applications/{id}")).Json;

    /// <summary><c>active overdraft none 240000.00 ALL</c>: status, product, next action, approved limit.</summary>
    public async Task<string> StandsAsync(Guid id)
    {
        var it = await FindAsync(id);
        return $"{it["status"]} {it["product"]} {it["nextAction"]} {(it["approvedLimit"] is { } limit ? Sender.Amount(limit) : "-")}";
    }

    public async Task<string> TimelineAsync(Guid id) => string.Join(' ', (await FindAsync(id))["timeline"]!.AsArray().Select(step => (string)step!["status"]!));

    public async Task<string[]> PushesAsync()
    {
        await scene.Bank.WhenIdleAsync();
        var inbox = await scene.Bank.Sandbox.GetFromJsonAsync<JsonObject>($"inbox/messages?customer={sender.Number}&channel=push");
        return [.. inbox!["messages"]!.AsArray().Select(message => (string)message!["text"]!)];
    }

    /// <summary>Answers the lower limit among the approvals.</summary>
    public async Task AnswerLimitAsync(string decision)
    {
        var waiting = (await sender.GetAsync("v1/approvals?status=pending")).Json["items"]!.AsArray().Single()!;
        var answered = await sender.CallAsync("PUT", $"v1/approvals/{waiting["id"]}/document-decision", $$"""{"decision":"{{decision}}","versionSeen":1}""");
        Assert.True(answered.Status == 200, answered.ToString());
        await scene.Bank.WhenIdleAsync();
    }

    public async Task<string> OverdraftOfAsync(OpenedAccount account) => Sender.Amount((await sender.GetAsync($"v1/accounts/{account.Id}")).Json["overdraftLimit"]);
}

[CollectionDefinition(ApplicationsBank.Name)]
public sealed class ApplicationsCollection : ICollectionFixture<ApplicationsBank>;

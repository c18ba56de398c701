using System.Text.Json.Nodes;

namespace Serverless.Sandbox.Tests;

public sealed class WebhookTests
{
    /// <summary>"12345678901234567890123456789012", as Standard Webhooks writes secrets.</summary>
    private const string Secret = "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";

    /// <summary>The published one of sandbox/Data/oshee.json.</summary>
    private const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBvc2hlZS4uLi4uLi4uLi4uLi4=";

    [Fact]
    public async Task A_new_invoice_is_sent_to_the_bank_signed_with_the_partners_secret()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank, ("Bank:WebhookSecrets:oshee", Secret));

        var invoice = await sandbox.IssueAsync();

        var webhook = Assert.Single(await bank.WaitForAsync(1));
        Assert.Equal(
            ("POST /api/webhooks/oshee", "application/json", "invoice.issued", invoice.Text),
            (webhook.Call, webhook.ContentType, $"{webhook.Json["type"]}", webhook.Json["data"]!.ToJsonString()));
        Assert.Equal(["type", "timestamp", "data"], webhook.Json.AsObject().Select(member => member.Key));
        Assert.True(webhook.IsSignedWith(Secret));
        Assert.False(webhook.IsSignedWith(PublicSecret));
    }

    [Fact]
    public async Task Without_a_secret_of_its_own_a_partner_signs_with_the_published_one()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank);

        await sandbox.IssueAsync();

        Assert.True(Assert.Single(await bank.WaitForAsync(1)).IsSignedWith(PublicSecret));
    }

    [Theory]
    [InlineData("oshee", "000000001")]
    [InlineData("ukt", "UK-201808-000451")]
    [InlineData("albtelecom", "AT2018080012")]
    [InlineData("digitalb", "DA-2018-000817")]
    [InlineData("traffic-police", "2018-0045121")]
    public async Task The_banks_sample_settings_hold_the_secret_that_each_company_signs_with(string company, string number)
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(RepositoryFile("local.settings.sample.json")))!["Values"]!;

        await sandbox.PostAsync($"/billers/{company}/invoices/{number}/withdraw", """{"notify":true}""");

        Assert.True(Assert.Single(await bank.WaitForAsync(1)).IsSignedWith($"{settings[$"Partners__Billers__{company}__WebhookSecret"]}"));
    }

    [Fact]
    public async Task A_withdrawal_is_sent_when_asked_for()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank);
        await sandbox.IssueAsync("000000002", notify: false);

        await sandbox.PostAsync("/billers/oshee/invoices/000000001/withdraw");
        await sandbox.PostAsync("/billers/oshee/invoices/000000002/withdraw", """{"notify":true}""");

        var webhook = Assert.Single(await bank.WaitForAsync(1));
        Assert.Equal(
            ("invoice.withdrawn", "000000002", "withdrawn"),
            ($"{webhook.Json["type"]}", $"{webhook.Json["data"]!["number"]}", $"{webhook.Json["data"]!["status"]}"));
    }

    [Fact]
    public async Task A_webhook_that_fails_is_sent_again_under_the_same_id_with_a_new_time_and_signature()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank);
        bank.AnswerNext(500, 404);

        await sandbox.IssueAsync();
        await bank.WaitForAsync(1);
        await AttemptsAsync(sandbox, 1);
        await sandbox.PostAsync("/clock", """{"advance":"00:00:01"}""");
        await AttemptsAsync(sandbox, 2);
        await sandbox.PostAsync("/clock", """{"advance":"00:00:05"}""");

        var webhooks = await bank.WaitForAsync(3);
        Assert.Single(webhooks.Select(webhook => (webhook.Id, webhook.Body)).Distinct());
        Assert.All(webhooks, webhook => Assert.True(webhook.IsSignedWith(PublicSecret)));
        Assert.True(webhooks[2].SignedAt - webhooks[0].SignedAt >= TimeSpan.FromSeconds(6));
        var sent = await AttemptsAsync(sandbox, 3);
        Assert.Equal(["500", "404", "200"], sent["attempts"]!.AsArray().Select(attempt => $"{attempt!["statusCode"]}"));
        Assert.Equal("delivered", $"{sent["status"]}");
    }

    [Fact]
    public async Task A_webhook_that_nobody_takes_is_given_up_after_seven_attempts()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank);
        bank.AnswerNext([.. Enumerable.Repeat(503, 20)]);

        await sandbox.IssueAsync();
        for (var attempts = 1; attempts <= 7; attempts++)
        {
            await AttemptsAsync(sandbox, attempts);
            await sandbox.PostAsync("/clock", """{"advance":"01:00:00"}""");
        }

        Assert.Equal("failed", $"{(await AttemptsAsync(sandbox, 7))["status"]}");
        Assert.Equal(7, bank.Received.Count);
    }

    [Fact]
    public async Task An_unreachable_bank_is_recorded_and_reached_once_the_target_is_right()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", "http://127.0.0.1:1/api/webhooks"));
        await sandbox.IssueAsync();
        Assert.Equal("ConnectionError", $"{(await AttemptsAsync(sandbox, 1))["attempts"]![0]!["error"]}");

        Assert.Equal(200, (await sandbox.PutAsync("/webhooks/target", $$"""{"baseUrl":"{{bank.WebhookBaseUrl}}"}""")).Status);
        await sandbox.PostAsync("/clock", """{"advance":"00:00:30"}""");

        await bank.WaitForAsync(1);
    }

    [Fact]
    public async Task The_sent_list_is_newest_first_and_filters_by_partner_and_type()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await StartAsync(bank);
        await sandbox.IssueAsync("000000002");
        await sandbox.IssueAsync("000000003");
        await sandbox.PostAsync("/billers/ukt/invoices/UK-201808-000451/withdraw", """{"notify":true}""");

        Assert.Equal(["ukt UK-201808-000451", "oshee 000000003", "oshee 000000002"], await SentAsync(""));
        Assert.Equal(["oshee 000000003", "oshee 000000002"], await SentAsync("?partner=oshee"));
        Assert.Equal(["ukt UK-201808-000451"], await SentAsync("?type=invoice.withdrawn"));

        async Task<string[]> SentAsync(string query) =>
        [
            .. (await sandbox.GetAsync($"/webhooks/sent{query}")).Json["webhooks"]!.AsArray()
                .Select(webhook => $"{webhook!["partner"]} {webhook["body"]!["data"]!["number"]}"),
        ];
    }

    [Fact]
    public async Task Without_a_target_a_webhook_waits_and_says_why()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        await sandbox.IssueAsync();

        var sent = await AttemptsAsync(sandbox, 1);
        Assert.Equal(("pending", "Bank:WebhookBaseUrl is no http address."), ($"{sent["status"]}", $"{sent["attempts"]![0]!["error"]}"));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("whsec_not base64!")]
    public async Task A_secret_that_is_none_stops_the_start(string secret) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => SandboxHost.StartAsync(null, ("Bank:WebhookSecrets:ukt", secret)));

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("127.0.0.1:7071")]
    [InlineData("")]
    public async Task A_target_that_is_no_web_address_is_refused(string target)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(400, (await sandbox.PutAsync("/webhooks/target", $$"""{"baseUrl":"{{target}}"}""")).Status);
    }

    private static string RepositoryFile(string name)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Serverless.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, name);
    }

    private static Task<SandboxHost> StartAsync(BankStub bank, params (string, string)[] settings) =>
        SandboxHost.StartAsync(null, [("Bank:WebhookBaseUrl", bank.WebhookBaseUrl), .. settings]);

    private static async Task<JsonNode> AttemptsAsync(SandboxHost sandbox, int count)
    {
        var sent = await Eventually.Async(
            () => sandbox.GetAsync("/webhooks/sent"),
            answer => answer.Json["webhooks"]![0]!["attempts"]!.AsArray().Count >= count);
        return sent.Json["webhooks"]![0]!;
    }
}

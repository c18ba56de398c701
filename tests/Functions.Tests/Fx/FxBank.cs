using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Partners;
using Serverless.Emulator;
using Serverless.Functions.Tests.Desk;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Fx;

/// <summary>One bank for everything about exchange: a Wednesday at eleven in Tirana. Of the timers only those that a test fires run.</summary>
public sealed class FxBank : TransferBank, IAsyncLifetime
{
    public const string Name = "fx";

    public const string Treasury = "thesari@example.com";

    /// <summary>As the sample settings have them: EUR 97.20/98.90, USD 82.10/84.30.</summary>
    public const string Usual = """{"rates":[{"currency":"EUR","buy":"97.20","sell":"98.90"},{"currency":"USD","buy":"82.10","sell":"84.30"},{"currency":"JPY","buy":"0.5333","sell":"0.5477"}]}""";

    private static readonly DateTimeOffset Start = new(2027, 3, 3, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A partner whose messages can be made to fail.</summary>
    internal StubbornPartner Stubborn { get; } = new();

    public BankLog Log { get; } = new();

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:O}}"}"""))).EnsureSuccessStatusCode();
    }

    protected override void Configure(FunctionsTestHostOptions options)
    {
        options.Clock = new MovableClock(Start);
        options.ConfigureServices(services => services.AddSingleton<IPartnerWebhook>(Stubborn));
        options.ConfigureLogging(logging => logging.AddProvider(Log));
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
    }

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    public Instant Instant => Instant.FromDateTimeOffset(Now);

    public Task<string> DealerAsync(string id = "dealer-1") => Bank.TokenAsync(new() { ["staff"] = id, ["roles"] = "treasury" });

    public async Task<Answer> PublishAsync(string board = Usual, string? key = null)
    {
        var published = await Bank.CallAsync("POST", "backoffice/v1/fx/boards", board, await DealerAsync(), WithKey(key));
        return published;
    }

    /// <summary>The usual rates of today are in force.</summary>
    public async Task OpenAsync()
    {
        var published = await PublishAsync();
        Assert.True(published.Status == 201, published.ToString());
    }

    public async Task FeedAsync(string state)
    {
        using var answer = await Bank.Sandbox.PutAsync("feeds/rates/state", HttpBank.Json(state));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Subjects and texts of what the treasury was written, newest first.</summary>
    public async Task<string[]> MailsAsync()
    {
        await Bank.WhenIdleAsync();
        return [.. JsonNode.Parse(await Bank.Sandbox.GetStringAsync("inbox/messages?channel=email"))!["messages"]!.AsArray()
            .Where(mail => (string)mail!["to"]! == Treasury).Select(mail => (string)mail!["text"]!)];
    }

    public async Task<string[]> PushesAsync(Sender customer)
    {
        await Bank.WhenIdleAsync();
        return [.. JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={customer.Number}&channel=push"))!["messages"]!.AsArray()
            .Select(message => (string)message!["text"]!)];
    }

    public async Task ProveAsync()
    {
        var balance = await Bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: await Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "ledger" }));
        Assert.True((bool)balance.Json["isProven"]!, balance.ToString());
    }

    /// <param name="operation"><c>buy</c>, <c>sell</c>, <c>convert</c>.</param>
    public static Task<Answer> QuoteAsync(Sender customer, string operation, OpenedAccount from, OpenedAccount to, string amount, string currency, string? details = null) =>
        customer.PostAsync($"v1/fx/exchanges/{operation}/quotes", Wish(from, to, amount, currency, details));

    public static JsonObject Wish(OpenedAccount from, OpenedAccount to, string amount, string currency, string? details = null) => new()
    {
        ["fromAccountId"] = from.Id,
        ["toAccountId"] = to.Id,
        ["amount"] = Sender.Money(amount, currency),
        ["details"] = details,
    };

    public static Task<Answer> ConfirmAsync(Sender customer, Answer quote, string? key = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return customer.PostAsync("v1/fx/exchanges", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }, key);
    }

    /// <summary><c>-9890.00 ALL +100.00 EUR at 98.90</c>.</summary>
    public static string Sides(Answer answer) => answer.Status is 200 or 201
        ? $"-{Sender.Amount(answer.Json["debit"])} +{Sender.Amount(answer.Json["credit"])} at {answer.Json["exchangeRate"]}"
        : answer.ToString();
}

[CollectionDefinition(FxBank.Name)]
public sealed class FxCollection : ICollectionFixture<FxBank>;

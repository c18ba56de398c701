using System.Text.Json.Nodes;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Deposits;

/// <summary>One bank for everything about deposits: a Wednesday at eleven in Tirana. Of the timers only those that a test fires run.</summary>
public sealed class DepositsBank : TransferBank, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2027, 3, 3, 10, 0, 0, TimeSpan.Zero);

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:O}}"}"""))).EnsureSuccessStatusCode();
    }

    protected override void Configure(FunctionsTestHostOptions options)
    {
        options.Clock = new MovableClock(Start);
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
    }

    public DateTimeOffset Now => Bank.Host.Clock.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    /// <summary>Eleven or twelve in Tirana on that day; what fell due meanwhile was missed.</summary>
    public Task SleepUntilAsync(DateOnly day) => Bank.AdvanceAsync(new DateTimeOffset(day, new TimeOnly(10, 0), TimeSpan.Zero) - Now, asleep: true);

    public async Task FireAsync(string timer)
    {
        await Bank.Host.FireTimerAsync(timer);
        await Bank.WhenIdleAsync();
    }

    /// <param name="product">A product's id, or a maturity date.</param>
    public static Task<Answer> QuoteAsync(Sender customer, string product, OpenedAccount from, string amount, string? renewal = null, bool? renews = null, string? currency = null)
    {
        var isDate = DateOnly.TryParseExact(product, "yyyy-MM-dd", out _);
        var body = new JsonObject
        {
            [isDate ? "maturityDate" : "productId"] = product,
            ["amount"] = Sender.Money(amount, currency ?? from.Currency),
            ["fundingAccountId"] = from.Id,
            ["autoRenew"] = renews ?? renewal is not null,
        };
        if (renewal is not null)
            body["renewalType"] = renewal;
        return customer.PostAsync(isDate ? "v1/deposits/by-maturity-date/quotes" : "v1/deposits/by-product/quotes", body);
    }

    public static string Confirmation(Answer quote, bool accepts = true)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["termsAccepted"] = accepts }.ToJsonString();
    }

    /// <returns>Its id.</returns>
    public async Task<string> OpenAsync(Sender customer, string product, OpenedAccount from, string amount, string? renewal = null)
    {
        var opened = await Bank.CallAsync("POST", "v1/deposits", Confirmation(await QuoteAsync(customer, product, from, amount, renewal)), customer.Token, WithKey());
        Assert.True(opened.Status == 201, opened.ToString());
        return (string)opened.Json["depositId"]!;
    }

    public Task<Answer> RenewAsync(Sender customer, string deposit, string? renewal, string? key = null) =>
        Bank.CallAsync("PUT", $"v1/deposits/{deposit}/renewal", Renewal(renewal), customer.Token, WithKey(key));

    public static string Renewal(string? renewal) => renewal is null ? """{"autoRenew":false}""" : $$"""{"autoRenew":true,"renewalType":"{{renewal}}"}""";

    /// <summary><c>active 100000.00 ALL 0.60 2027-04-03 principal</c>.</summary>
    public static async Task<string> SeeAsync(Sender customer, string deposit)
    {
        var it = (await customer.GetAsync($"v1/deposits/{deposit}")).Json;
        return $"{it["state"]} {Sender.Amount(it["balance"])} {it["interestPercent"]} {it["maturityDate"]} {it["renewalType"]}".TrimEnd();
    }

    /// <summary>Newest first.</summary>
    public async Task<string[]> PushesAsync(string number) => Texts(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={number}&channel=push"), null);

    public async Task<string[]> MailsAsync(string to) => Texts(await Bank.Sandbox.GetStringAsync("inbox/messages?channel=email"), to);

    public async Task ProveAsync()
    {
        var balance = await Bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: await Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "ledger" }));
        Assert.True((bool)balance.Json["isProven"]!, balance.ToString());
    }

    private static string[] Texts(string messages, string? to) =>
        [.. JsonNode.Parse(messages)!["messages"]!.AsArray().Where(message => to is null || (string?)message!["to"] == to).Select(message => (string)message!["text"]!)];
}

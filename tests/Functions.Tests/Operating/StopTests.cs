using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

public sealed class StopTests : TransferBank
{
    /// <summary>What Azure's host gives an app, all in all; counted from when nobody holds anything up any more, because this test does until it has looked.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private readonly HeldCalls calls = new();

    [Fact]
    public async Task A_bank_that_is_stopped_in_the_middle_of_a_transfer_a_message_and_a_workflow_does_each_once()
    {
        var (arta, besa) = (await CustomerAsync("Arta Hoxha"), await CustomerAsync("Besa Leka"));
        var (from, to, besas) = (await arta.OpenAccountAsync("3000.00"), await arta.OpenAccountAsync("0.00"), await besa.OpenAccountAsync("0.00"));
        await using var sandbox = TestSandbox.Of(Bank);
        var bill = await PendingBill.OrderAsync(arta, from, sandbox, "660602");
        var (second, third) = (await QuoteAsync(arta, from, to, "20.00"), await QuoteAsync(arta, from, to, "30.00"));

        // A message is in work (Besa is told of money), and a transfer has asked and not heard yet.
        calls.Holds = (method, target) => method == "GET" && target.Contains("Notices(", StringComparison.Ordinal);
        await arta.SendInsideAsync(from, besas.Number, "10.00");
        await Eventually.IsTrueAsync(() => Task.FromResult(calls.Held == 1));
        calls.Holds = (method, target) => method == "POST" && target.EndsWith("journals", StringComparison.Ordinal);
        var underWay = ConfirmAsync(Bank.Host, arta, second, "second");
        await Eventually.IsTrueAsync(() => Task.FromResult(calls.Held == 2));

        var stop = Bank.Host.StopAsync();
        await Eventually.IsTrueAsync(async () => (await Bank.CallAsync("GET", "health/ready")).ToString() == """503 {"status":"stopping","checks":[]}""");
        Assert.Equal(200, (await Bank.CallAsync("GET", "health/live")).Status);
        Assert.Equal("503 bank_busy", (await ConfirmAsync(Bank.Host, arta, third, "third")).ToString());
        var watch = Stopwatch.StartNew();
        calls.LetGo();
        var answered = await underWay;
        await stop;
        Assert.Equal(201, answered.Status);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Grace);

        // The next instance: the same keys, the workflow, and the books.
        await using var next = await Bank.Host.RestartAsync();
        Assert.Equal(answered.Text, (await ConfirmAsync(next, arta, second, "second")).Text);
        Assert.Equal(201, (await ConfirmAsync(next, arta, third, "third")).Status);
        await sandbox.SettleAsync("oshee", bill);
        await next.FireTimerAsync("Bills_SweepPayments");
        await next.AdvanceClockAsync(TimeSpan.FromMinutes(3));
        await next.WaitForOrchestrationAsync(bill.ToString("N"));
        Assert.Equal("paid", (string?)(await GetAsync(next, $"v1/bills/payments/{bill}", arta.Token)).Json["state"]);
        Assert.Equal("1232.60", (string?)(await GetAsync(next, $"v1/accounts/{from.Id}", arta.Token)).Json["balance"]!["amount"]);
        var inbox = JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?customer={besa.Number}&channel=push"))!["messages"]!.AsArray();
        Assert.Single(inbox);
        var books = (await GetAsync(next, "backoffice/v1/ledger/trial-balance", await Bank.TokenAsync(new() { ["staff"] = "ilir", ["roles"] = "ledger" }))).Json;
        Assert.Equal((true, 0), ((bool)books["isProven"]!, (int)books["openJournals"]!));
    }

    protected override void Configure(FunctionsTestHostOptions options)
    {
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
        options.Settings["Bills__SweepAfter"] = "00:00:00";
        options.DrainFor = TimeSpan.FromMinutes(1);
        options.ConfigureServices(services => services.PostConfigure<StorageOptions>(stored => stored.ConfigureClient = client => client.AddPolicy(calls, HttpPipelinePosition.PerRetry)));
    }

    private static async Task<string> QuoteAsync(Sender customer, OpenedAccount from, OpenedAccount to, string amount) =>
        (string)(await customer.QuoteOwnAsync(from, to, amount)).Json["quoteId"]!;

    private static Task<Answer> ConfirmAsync(FunctionsTestHost host, Sender customer, string quote, string key) =>
        SendAsync(host, HttpMethod.Post, "v1/transfers/own", customer.Token, new JsonObject { ["quoteId"] = quote }, key);

    private static Task<Answer> GetAsync(FunctionsTestHost host, string path, string token) => SendAsync(host, HttpMethod.Get, path, token, null, null);

    private static async Task<Answer> SendAsync(FunctionsTestHost host, HttpMethod method, string path, string token, JsonObject? body, string? key)
    {
        using var request = new HttpRequestMessage(method, $"api/{path}") { Content = body is null ? null : HttpBank.Json(body.ToJsonString()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await host.Client.SendAsync(request);
        return await Answer.ReadAsync(answer);
    }
}

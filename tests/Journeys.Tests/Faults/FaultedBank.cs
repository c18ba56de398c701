using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Faults;

/// <summary>The real app over HTTP, every call of its tables led through a <see cref="FaultProxy"/>.</summary>
internal sealed class FaultedBank : IAsyncDisposable
{
    private static int customers = 400_000_000;

    private FaultedBank(HttpBank bank, TestSandbox sandbox, FaultProxy proxy) => (Bank, Sandbox, Proxy) = (bank, sandbox, proxy);

    public HttpBank Bank { get; }

    public TestSandbox Sandbox { get; }

    public FaultProxy Proxy { get; }

    /// <summary>Two customers with two accounts each, 10,000.00 ALL on every one.</summary>
    public Holder[] Holders { get; private set; } = [];

    public static async Task<FaultedBank> StartAsync()
    {
        var storage = await AzuriteServer.SharedAsync();
        var proxy = await FaultProxy.StartAsync(storage.ConnectionString);
        var bank = await HttpBank.StartAsync(options =>
        {
            options.Settings["Storage:ConnectionString"] = proxy.ConnectionString;
            // What gets through faulty storage is asked here; what is refused because of it, in Functions.Tests/Operating.
            options.Settings["Load__ThrottledAtLeast"] = "100000";
            options.ConfigureServices(services => services.PostConfigure<StorageOptions>(stored => stored.ConfigureClient = client =>
            {
                client.Retry.Delay = TimeSpan.FromMilliseconds(5);
                client.Retry.MaxDelay = TimeSpan.FromMilliseconds(50);
                client.Retry.NetworkTimeout = FaultProxy.NetworkTimeout;
            }));
        }, makesAllTables: true);
        var faulted = new FaultedBank(bank, TestSandbox.Of(bank), proxy);
        faulted.Holders = [await faulted.OpenAsync(), await faulted.OpenAsync()];
        return faulted;
    }

    public static string NewCustomer() => Interlocked.Increment(ref customers).ToString(CultureInfo.InvariantCulture);

    /// <summary>Sends until there is an answer that is no outage, with the same key, as an app does that has not heard back.</summary>
    /// <exception cref="TimeoutException">A hundred tries were not enough.</exception>
    public async Task<(int Status, JsonNode? Body)> SendAsync(string token, HttpMethod method, string path, JsonObject? body = null, string? key = null)
    {
        const int triesAtMost = 100;
        var last = "";
        for (var attempt = 0; attempt < triesAtMost; attempt++)
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = HttpBank.Json(body.ToJsonString());
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            using var answer = await Bank.Anonymous.SendAsync(request);
            last = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode < HttpStatusCode.InternalServerError && !last.Contains("account_busy", StringComparison.Ordinal))
                return ((int)answer.StatusCode, last.Length == 0 ? null : JsonNode.Parse(last));
        }

        throw new TimeoutException($"{method} {path} got no answer but {last}");
    }

    /// <summary>Moves the bank's clock, and sets the sandbox's by it, so that tokens given from now on are valid.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        await Bank.Host.AdvanceClockAsync(by);
        using var clock = await Bank.Sandbox.PostAsync(
            "clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""));
        clock.EnsureSuccessStatusCode();
    }

    /// <summary>For calls that must work.</summary>
    public async Task<JsonNode> MustAsync(string token, HttpMethod method, string path, JsonObject? body = null, string? key = null)
    {
        var (status, answer) = await SendAsync(token, method, path, body, key);
        Assert.True(status < 300, $"{method} {path} answered {status}: {answer?.ToJsonString()}");
        return answer!;
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Bank.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    private async Task<Holder> OpenAsync()
    {
        var (number, teller, accounts) = (NewCustomer(), await Sandbox.StaffTokenAsync("teller-1", "branch"), new HeldAccount[2]);
        for (var i = 0; i < accounts.Length; i++)
        {
            var opened = await MustAsync(
                teller, HttpMethod.Post, "api/backoffice/v1/accounts",
                new JsonObject { ["customer"] = number, ["currency"] = "ALL", ["name"] = "Llogaria", ["isMain"] = i == 0 }, Guid.NewGuid().ToString("N"));
            accounts[i] = new HeldAccount((string)opened["id"]!, (string)opened["iban"]!);
            await MustAsync(
                teller, HttpMethod.Post, $"api/backoffice/v1/accounts/{accounts[i].Id}/cash-deposits",
                new JsonObject { ["amount"] = new JsonObject { ["amount"] = "10000.00", ["currency"] = "ALL" }, ["description"] = "Derdhje" }, Guid.NewGuid().ToString("N"));
        }

        return new Holder(number, "", accounts);
    }
}

internal sealed record Holder(string Number, string Token, HeldAccount[] Accounts);

internal sealed record HeldAccount(string Id, string Iban);

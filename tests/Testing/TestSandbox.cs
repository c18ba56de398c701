using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Sandbox;

namespace Serverless.Testing;

/// <summary>The real sandbox on a free port, spoken to over HTTP: every outside party of one test.</summary>
public sealed class TestSandbox : IAsyncDisposable
{
    private readonly WebApplication? app;

    private TestSandbox(Uri address, WebApplication? app)
    {
        this.app = app;
        Address = address;
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "partner-key");
    }

    public Uri Address { get; }

    /// <summary>Sends a partner key with every call, as the bank does.</summary>
    public HttpClient Client { get; }

    public static async Task<TestSandbox> StartAsync(TimeProvider? time = null)
    {
        var app = SandboxApp.Create(["--port", "0"], builder =>
        {
            builder.Logging.ClearProviders();
            if (time is not null)
                builder.Services.AddSingleton(time);
        });
        await app.StartAsync();
        return new TestSandbox(new Uri(app.Urls.Single() + "/"), app);
    }

    /// <summary>The sandbox that the bank was started with; it is the bank's to stop.</summary>
    public static TestSandbox Of(HttpBank bank) => new(bank.Sandbox.BaseAddress!, null);

    /// <summary>One that runs elsewhere; it is its starter's to stop.</summary>
    internal static TestSandbox At(Uri address) => new(address, null);

    /// <summary>The settings that lead the bank to this sandbox, names with <c>:</c>.</summary>
    /// <param name="retries">Of a call to a company; 0 lets a test count calls.</param>
    public IEnumerable<KeyValuePair<string, string?>> Settings(int retries = 2)
    {
        yield return new("Authentication:Issuer", $"{Address}issuer");
        yield return new("Authentication:Audience", "bank-api");
        foreach (var company in new[] { "oshee", "ukt", "albtelecom", "digitalb", "traffic-police" })
        {
            yield return new($"Partners:Billers:{company}:BaseUrl", $"{Address}billers/{company}");
            yield return new($"Partners:Billers:{company}:Key", "partner-key");
            yield return new($"Partners:Billers:{company}:Retries", retries.ToString(System.Globalization.CultureInfo.InvariantCulture));
            yield return new($"Partners:Billers:{company}:RetryDelay", "00:00:00.010");
        }

        foreach (var gateway in new[] { "Push", "Sms", "Email" })
        {
            yield return new($"Partners:{gateway}:BaseUrl", $"{Address}gateways/{gateway.ToLowerInvariant()}");
            yield return new($"Partners:{gateway}:Key", "partner-key");
        }
    }

    public async Task<string> StaffTokenAsync(string staff, string roles)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["staff"] = staff, ["roles"] = roles });
        using var response = await Client.PostAsync(new Uri("issuer/token", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!.GetValue<string>();
    }

    /// <summary>Adds an unpaid invoice in ALL.</summary>
    public Task AddInvoiceAsync(
        string company, string clientCode, string number, string amount, string issuedOn = "2018-09-01", string penalty = "0.00", bool notify = false) =>
        PostAsync($"billers/{company}/invoices", new JsonObject
        {
            ["clientCode"] = clientCode,
            ["number"] = number,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "ALL" },
            ["penalty"] = new JsonObject { ["amount"] = penalty, ["currency"] = "ALL" },
            ["issuedOn"] = issuedOn,
            ["notify"] = notify,
        });

    public Task AddSubscriberAsync(string company, string clientCode, string name) =>
        PostAsync($"billers/{company}/subscribers", new JsonObject { ["clientCode"] = clientCode, ["name"] = name });

    public Task WithdrawAsync(string company, string number) => PostAsync($"billers/{company}/invoices/{number}/withdraw", new JsonObject());

    public Task ChangeAmountAsync(string company, string number, string amount) => PostAsync(
        $"billers/{company}/invoices/{number}/amount",
        new JsonObject { ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = "ALL" } });

    /// <param name="knobs">JSON of docs/partners.md, e.g. <c>{"pendingRate":1}</c>.</param>
    public async Task TurnAsync(string party, string knobs)
    {
        using var content = new StringContent(knobs, System.Text.Encoding.UTF8, "application/json");
        using var response = await Client.PutAsync(new Uri($"knobs/{party}", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    public async Task MakeWellAsync(string party)
    {
        using var response = await Client.DeleteAsync(new Uri($"knobs/{party}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Settles a pending payment now.</summary>
    /// <param name="code">Of a refusal; null confirms.</param>
    public Task SettleAsync(string company, Guid payment, string? code = null) => PostAsync(
        $"billers/{company}/payments/{payment:N}/settle",
        code is null ? new JsonObject { ["status"] = "confirmed" } : new JsonObject { ["status"] = "refused", ["code"] = code });

    /// <summary>What the company took, as "invoice status": <c>000000001 confirmed</c>; one line per payment, oldest first.</summary>
    public async Task<string[]> BookedAsync(string company)
    {
        var answer = await Client.GetFromJsonAsync<JsonObject>(new Uri($"billers/{company}/payments", UriKind.Relative));
        return [.. answer!["payments"]!.AsArray().Select(payment => $"{payment!["invoiceNumber"]} {payment["settlement"]!["status"]}")];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
            await app.DisposeAsync();
    }

    private async Task PostAsync(string path, JsonObject body)
    {
        using var response = await Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Bills;

/// <summary>A bank for tests of bills: one per test class; every test has customers and client codes of its own.</summary>
public class BillsBank : IAsyncLifetime
{
    private static int numbers = 200_000_000;

    public HttpBank Bank { get; private set; } = null!;

    public TestSandbox Sandbox { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Bank = await HttpBank.StartAsync(options =>
        {
            foreach (var company in new[] { "oshee", "ukt", "albtelecom", "digitalb", "traffic-police" })
            {
                options.Settings[$"Partners:Billers:{company}:Retries"] = "0";
                // Failing on purpose must not keep the next test from calling.
                options.Settings[$"Partners:Billers:{company}:BreakDuration"] = "00:00:00.500";
            }

            Configure(options);
        });
        Sandbox = TestSandbox.Of(Bank);
    }

    /// <summary>What a bank with days of its own changes.</summary>
    protected virtual void Configure(Serverless.Emulator.FunctionsTestHostOptions options)
    {
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Sandbox.DisposeAsync();
        await Bank.DisposeAsync();
    }

    /// <summary>A customer nobody else has.</summary>
    public Task<Payer> CustomerAsync(string rights = "payment") =>
        SignInAsync(Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture), rights);

    public async Task<Payer> SignInAsync(string number, string rights = "payment") =>
        new(this, number, await Bank.TokenAsync(new() { ["customer"] = number, ["rights"] = rights }));

    /// <summary>An OSHEE client code nobody else has, with one unpaid invoice of 1707.40 ALL unless told otherwise.</summary>
    /// <returns>The client code and the invoice's number.</returns>
    public async Task<(string ClientCode, string Number)> SubscriberAsync(string amount = "1707.40", string penalty = "0.00")
    {
        var n = Interlocked.Increment(ref numbers);
        var code = string.Create(CultureInfo.InvariantCulture, $"TR0.A{n:D13}");
        var number = n.ToString(CultureInfo.InvariantCulture);
        await Sandbox.AddSubscriberAsync("oshee", code, "Test Test");
        await Sandbox.AddInvoiceAsync("oshee", code, number, amount, "2018-08-01", penalty);
        return (code, number);
    }

    /// <summary>An account opened at a branch, with cash paid in.</summary>
    public async Task<Guid> OpenAccountAsync(string customer, string balance, string currency = "ALL", bool isMain = true)
    {
        var teller = await Bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });
        var opened = await Bank.CallAsync(
            "POST", "backoffice/v1/accounts",
            $$"""{"customer":"{{customer}}","currency":"{{currency}}","name":"Llogaria","isMain":{{(isMain ? "true" : "false")}}}""", teller, WithKey());
        var id = Guid.Parse((string)opened.Json["id"]!);
        if (decimal.Parse(balance, CultureInfo.InvariantCulture) > 0)
        {
            var paidIn = await Bank.CallAsync(
                "POST", $"backoffice/v1/accounts/{id}/cash-deposits",
                $$"""{"amount":{"amount":"{{balance}}","currency":"{{currency}}"},"description":"Derdhje"}""", teller, WithKey());
            Assert.Equal(201, paidIn.Status);
        }

        return id;
    }

    public static Action<HttpRequestMessage> WithKey(string? key = null) => request => request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
}

/// <summary>One customer at the bank's door, in a user's words.</summary>
public sealed class Payer(BillsBank scene, string number, string token)
{
    public string Number => number;

    public Task<Answer> GetAsync(string path) => scene.Bank.CallAsync("GET", path, token: token);

    public Task<Answer> PostAsync(string path, string json, string? key = null) => scene.Bank.CallAsync("POST", path, json, token, BillsBank.WithKey(key));

    public Task<Answer> CallAsync(string method, string path, string? json = null) => scene.Bank.CallAsync(method, path, json, token);

    public Task<Guid> OpenAccountAsync(string balance, string currency = "ALL", bool isMain = true) => scene.OpenAccountAsync(number, balance, currency, isMain);

    public async Task<string> BalanceAsync(Guid account) => Amount((await GetAsync($"v1/accounts/{account}")).Json["balance"]!);

    public Task<Answer> RegisterAsync(string clientCode, string name = "Test Test", string company = "oshee", string? key = null) =>
        PostAsync("v1/bills/contracts", $$"""{"company":"{{company}}","clientCode":"{{clientCode}}","name":"{{name}}"}""", key);

    public async Task<Guid> RegisteredAsync(string clientCode, string name = "Test Test", string company = "oshee") =>
        Guid.Parse((string)(await RegisterAsync(clientCode, name, company)).Json["id"]!);

    /// <summary>The contract's invoices, one line each: <c>000000001 1707.40 ALL unpaid</c>.</summary>
    public async Task<string[]> InvoicesAsync(Guid contract) => Lines(await GetAsync($"v1/bills/contracts/{contract}/invoices"));

    public static string[] Lines(Answer unpaid) =>
        [.. unpaid.Json["items"]!.AsArray().Select(invoice => $"{invoice!["number"]} {Amount(invoice["total"]!)} {invoice["state"]}")];

    public static string Amount(JsonNode amount) => $"{amount["amount"]} {amount["currency"]}";

    public Task<Answer> QuoteAsync(Guid contract, string invoice, Guid? account = null) => PostAsync(
        "v1/bills/quotes",
        new JsonObject { ["contractId"] = contract, ["invoiceNumber"] = invoice, ["accountId"] = account }.ToJsonString());

    public async Task<string> QuotedAsync(Guid contract, string invoice, Guid? account = null) => QuoteId(await QuoteAsync(contract, invoice, account));

    public static string QuoteId(Answer quote)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return (string)quote.Json["quoteId"]!;
    }

    public Task<Answer> PayAsync(string quote, Guid? account = null, string? description = null, string? key = null) => PostAsync(
        "v1/bills/payments",
        new JsonObject { ["quoteId"] = quote, ["accountId"] = account, ["description"] = description }.ToJsonString(), key);

    public Task<Answer> PaymentAsync(Guid payment) => GetAsync($"v1/bills/payments/{payment}");

    /// <summary>Looks at the payment until it is in the state.</summary>
    public async Task<Answer> PaymentOnceAsync(Guid payment, string state)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await PaymentAsync(payment);
            if ((string?)answer.Json["state"] == state)
                return answer;
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(50, patience.Token);
        }
    }
}

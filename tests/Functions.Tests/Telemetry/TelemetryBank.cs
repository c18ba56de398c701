using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Emulator;
using Serverless.Functions.Tests.Bills;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Interbank;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>One customer's first day at a bank that exports all it has to tell: becomes a client, signs in, pays a bill, sends money to another bank.</summary>
/// <remarks>Everything that says who she is, what she owns or what only she may know is noted, to be looked for in what was exported.</remarks>
public sealed class TelemetryBank : BillsBank, IAsyncLifetime
{
    public const string BillTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    public const string InsideTrace = "6e0c63257de34c926f9efcd03927272e";
    public const string TransferTrace = "0af7651916cd43dd8448eb211c80319c";

    private const string Number = "271828182";
    private const string Name = "Arta Hoxha";
    private const string Balance = "93817.41";
    private const string BillAmount = "1707.46";
    private const string TransferAmount = "5003.27";
    private const string InsideAmount = "641.93";
    private const string PayeeNumber = "271828183";

    public OtlpCollector Collector { get; private set; } = null!;

    private BankFigures? figures;

    /// <summary>What nothing exported may hold.</summary>
    public Secrets Confided { get; } = new();

    public new async ValueTask InitializeAsync()
    {
        Collector = await OtlpCollector.StartAsync();
        await base.InitializeAsync();
        figures = BankFigures.Of(Bank.Host.Services);
        var walk = new SignInWalk(Bank.Anonymous, Bank.Sandbox);
        using var teller = await Bank.StaffAsync();
        await walk.BecomeClientAsync(teller, Number);
        await walk.RegisterAsync(teller, Number);
        var session = (await walk.SignInAsync(Number, new TestDevice()))["session"]!;
        await Assert.ThrowsAsync<InvalidOperationException>(() => walk.SignInAsync(Number, new TestDevice(), "Gabim2026x"));
        Confide("access token", (string)session["accessToken"]!);
        Confide("refresh token", (string)session["refreshToken"]!);
        foreach (var text in await walk.MessagesAsync(Number))
            Confide("message", text);
        var arta = await SignInAsync(Number);
        var token = await Bank.TokenAsync(new() { ["customer"] = Number });
        Confide("access token", token);
        var account = await arta.OpenAccountAsync(Balance);
        await IbanAsync(arta, account);
        await PayBillAsync(arta, account, token);
        await SendInsideAsync(arta, account, token);
        await SendAsync(arta, account, token);
        foreach (var (kind, value) in new[] { ("name", Name), ("first name", "Arta"), ("phone", SignInWalk.Phone(Number)), ("phone", SignInWalk.Phone(Number)[1..]), ("push token", $"push-{Number}"), ("password", SignInWalk.Password), ("payee", "Besa"), ("payee", "Kola"), ("iban", InterbankBank.CredinsIban) })
            Confide(kind, value);
        foreach (var amount in new[] { Balance, BillAmount, InsideAmount, TransferAmount })
        {
            Confide("amount", amount);
            Confide("amount", amount.Replace(".", "", StringComparison.Ordinal));
        }

        Assert.Equal(401, (await Bank.CallAsync("POST", "webhooks/interbank", "{}", change: Unsigned)).Status);
        await Bank.Host.FireTimerAsync("Ledger_Sweep");
        TellTooMuch();
        await OtlpCollector.FlushAsync(Bank);
    }

    /// <summary>All that this bank measured of one function: the exporter tells of every bank in the process.</summary>
    public IReadOnlyList<double> Measured(string name, string function) => figures!.Values(name, "faas.name", function);

    /// <summary>What a library may do in its next version: address, status, exception and its message, all full of what it was given.</summary>
    private void TellTooMuch()
    {
        var failure = new InvalidOperationException($"'{Name}' is no number.", new FormatException($"'{SignInWalk.Phone(Number)}' was not in a correct format."));
        using (var source = new ActivitySource("Azure.Data.Tables.TableClient"))
        using (var span = source.StartActivity("TableClient.Chatty", ActivityKind.Client))
        {
            span!.SetTag("url.full", $"https://bank.table.core.windows.net/Customers(PartitionKey='{InterbankBank.CredinsIban}',RowKey='{Name}')").SetTag("db.query.text", $"Name eq '{Name}'");
            span.AddException(failure).SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        Bank.Host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Chatty").LogError(failure, "A library failed");
    }

    private static void Unsigned(HttpRequestMessage request)
    {
        foreach (var name in new[] { "webhook-id", "webhook-timestamp", "webhook-signature" })
            request.Headers.TryAddWithoutValidation(name, "1");
    }

    public new async ValueTask DisposeAsync()
    {
        figures?.Dispose();
        await base.DisposeAsync();
        await Collector.DisposeAsync();
    }

    protected override void Configure(FunctionsTestHostOptions options) => Collector.Receive(options);

    private async Task PayBillAsync(Payer arta, Guid account, string token)
    {
        var (code, number) = await SubscriberAsync(BillAmount);
        Confide("client code", code);
        Confide("invoice", number);
        var contract = await arta.RegisteredAsync(code);
        var quote = await arta.QuotedAsync(contract, number);
        Confide("quote", quote);
        var paid = await Bank.CallAsync("POST", "v1/bills/payments", new JsonObject { ["quoteId"] = quote, ["accountId"] = account }.ToJsonString(), token, Traced(BillTrace));
        Assert.True(paid.Status == 201, paid.ToString());
    }

    /// <summary>To somebody whom the bank tells of it.</summary>
    private async Task SendInsideAsync(Payer arta, Guid account, string token)
    {
        using var teller = await Bank.StaffAsync();
        await new SignInWalk(Bank.Anonymous, Bank.Sandbox).BecomeClientAsync(teller, PayeeNumber);
        Confide("phone", SignInWalk.Phone(PayeeNumber));
        Confide("push token", $"push-{PayeeNumber}");
        var iban = await IbanAsync(await SignInAsync(PayeeNumber), await OpenAccountAsync(PayeeNumber, "0"));
        var quote = await arta.PostAsync("v1/transfers/inside/quotes", new JsonObject
        {
            ["fromAccountId"] = account,
            ["beneficiary"] = new JsonObject { ["account"] = iban },
            ["amount"] = new JsonObject { ["amount"] = InsideAmount, ["currency"] = "ALL" },
            ["description"] = "Qira maj",
        }.ToJsonString());
        var sent = await Bank.CallAsync("POST", "v1/transfers/inside", new JsonObject { ["quoteId"] = Payer.QuoteId(quote) }.ToJsonString(), token, Traced(InsideTrace));
        Assert.True(sent.Status == 201, sent.ToString());
    }

    private async Task<string> IbanAsync(Payer owner, Guid account)
    {
        var iban = (string)(await owner.GetAsync($"v1/accounts/{account}")).Json["iban"]!;
        Confide("iban", iban);
        return iban;
    }

    private async Task SendAsync(Payer arta, Guid account, string token)
    {
        var quote = await arta.PostAsync("v1/transfers/national/quotes", new JsonObject
        {
            ["fromAccountId"] = account,
            ["amount"] = new JsonObject { ["amount"] = TransferAmount, ["currency"] = "ALL" },
            ["description"] = "Qira maj",
            ["feeBearer"] = "shared",
            ["beneficiary"] = InterbankSender.NationalBeneficiary(),
        }.ToJsonString());
        var sent = await Bank.CallAsync("POST", "v1/transfers/national", new JsonObject { ["quoteId"] = Payer.QuoteId(quote) }.ToJsonString(), token, Traced(TransferTrace));
        Assert.True(sent.Status == 202, sent.ToString());
    }

    private void Confide(string kind, string value) => Confided.Add(kind, value);

    private static Action<HttpRequestMessage> Traced(string trace) => request =>
    {
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
    };
}

using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Interbank;

/// <summary>A bank and its interbank network on a business day at ten; the network says nothing until its desk is told to.</summary>
public class InterbankBank : TransferBank, IAsyncLifetime
{
    private const string Secret = "c2FuZGJveCBvbmx5LCBpbnRlcmJhbmsuLi4uLi4uLi4=";

    public const string CredinsIban = "AL47212110090000000235698741";

    public const string CommerzbankIban = "DE89370400440532013000";

    /// <summary>Local time of the business day on which the tests begin.</summary>
    protected virtual LocalTime OpensAt => new(10, 0);

    public new async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var calendar = Bank.Host.Services.GetRequiredService<BankCalendar>();
        await MoveToAsync(calendar.SameOrNext(calendar.Today.PlusDays(1)).At(OpensAt));
        await TurnAsync("interbank", """{"pendingRate":1,"settleAfterMs":null}""");
    }

    public Instant Now => Instant.FromDateTimeOffset(Bank.Host.Services.GetRequiredService<TimeProvider>().GetUtcNow());

    public Task MoveToAsync(LocalDateTime local) =>
        Bank.AdvanceAsync((BankTime.Tirane.AtLeniently(local).ToInstant() - Now).ToTimeSpan());

    public async Task TurnAsync(string party, string knobs)
    {
        using var answer = await Bank.Sandbox.PutAsync($"knobs/{party}", HttpBank.Json(knobs));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Does at the network's desk: <c>settle</c>, <c>reject</c>, <c>return</c>, <c>repeat</c>.</summary>
    public async Task<int> DeskAsync(string transfer, string action, string body = "{}")
    {
        using var answer = await Bank.Sandbox.PostAsync($"networks/interbank/messages/{MessageId(transfer)}/{action}", HttpBank.Json(body));
        return (int)answer.StatusCode;
    }

    /// <summary>What the network has of a transfer; null when nothing.</summary>
    public async Task<JsonNode?> FindMessageAsync(string transfer)
    {
        var all = await Bank.Sandbox.GetFromJsonAsync<JsonObject>("networks/interbank/messages");
        return all!["messages"]!.AsArray().SingleOrDefault(message => (string)message!["messageId"]! == MessageId(transfer));
    }

    /// <summary>Waits until the network has it.</summary>
    public async Task<JsonNode> MessageAsync(string transfer)
    {
        JsonNode? found = null;
        await Eventually.IsTrueAsync(async () => (found = await FindMessageAsync(transfer)) is not null);
        return found!;
    }

    /// <summary>Another bank's customer pays one of this bank's.</summary>
    public async Task SendInAsync(string creditorName, string iban, string amount, string currency = "ALL", string? messageId = null)
    {
        using var answer = await Bank.Sandbox.PostAsJsonAsync("networks/interbank/transfers", new JsonObject
        {
            ["messageId"] = messageId,
            ["creditorName"] = creditorName,
            ["creditorAccount"] = iban,
            ["debtorName"] = "Hans Muster",
            ["debtorAccount"] = CommerzbankIban,
            ["amount"] = new JsonObject { ["amount"] = amount, ["currency"] = currency },
            ["remittance"] = "Fatura 7",
        });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A webhook of the network, signed as it signs.</summary>
    public Task<Answer> WebhookAsync(string xml, string? id = null, string? secret = null)
    {
        var body = new JsonObject { ["type"] = "interbank.raw", ["data"] = new JsonObject { ["message"] = xml } }.ToJsonString();
        var headers = Signed(body, id, secret);
        return Bank.CallAsync("POST", "webhooks/interbank", body, change: request =>
        {
            foreach (var (name, value) in headers)
                request.Headers.TryAddWithoutValidation(name, value);
        });
    }

    public IReadOnlyList<(string Name, string Value)> Signed(string body, string? id = null, string? secret = null)
    {
        id ??= $"msg_{Guid.NewGuid():N}";
        var at = Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret ?? Secret), Encoding.UTF8.GetBytes($"{id}.{at}.{body}")));
        return [("webhook-id", id), ("webhook-timestamp", at), ("webhook-signature", $"v1,{signature}")];
    }

    public Task<string> OfficerAsync() => Bank.TokenAsync(new() { ["staff"] = "officer-1", ["roles"] = "ledger" });

    public async Task<Answer> BackOfficeAsync(string method, string path, string? json = null) =>
        await Bank.CallAsync(method, $"backoffice/v1/interbank/{path}", json, await OfficerAsync());

    public async Task<string[]> ExceptionsAsync(string reference) =>
        [.. (await BackOfficeAsync("GET", "exceptions")).Json["items"]!.AsArray()
            .Where(one => (string)one!["reference"]! == reference).Select(one => (string)one!["kind"]!)];

    public async Task ProveAsync()
    {
        var balance = await Bank.CallAsync("GET", "backoffice/v1/ledger/trial-balance", token: await OfficerAsync());
        Assert.True((bool)balance.Json["isProven"]!, balance.ToString());
    }

    /// <summary>The pushes a customer has received, newest first.</summary>
    public async Task<string[]> PushesAsync(Sender customer)
    {
        var inbox = await Bank.Sandbox.GetFromJsonAsync<JsonObject>($"inbox/messages?customer={customer.Number}&channel=push");
        return [.. inbox!["messages"]!.AsArray().Select(message => (string)message!["text"]!)];
    }

    public static string MessageId(string transfer) => Guid.Parse(transfer).ToString("N");
}

/// <summary>Transfers to other banks in a user's words.</summary>
internal static class InterbankSender
{
    public static JsonObject NationalBeneficiary(string iban = InterbankBank.CredinsIban, string firstName = "Besa", string lastName = "Kola") => new()
    {
        ["firstName"] = firstName,
        ["lastName"] = lastName,
        ["iban"] = iban,
        ["city"] = "Tirana",
        ["country"] = "AL",
    };

    public static JsonObject National(
        OpenedAccount from, string amount, string currency = "ALL", string? bearer = "shared", JsonObject? beneficiary = null, string description = "Qira maj") =>
        new()
        {
            ["fromAccountId"] = from.Id,
            ["amount"] = Sender.Money(amount, currency),
            ["description"] = description,
            ["feeBearer"] = bearer,
            ["beneficiary"] = beneficiary ?? NationalBeneficiary(),
        };

    public static Task<Answer> QuoteNationalAsync(
        this Sender sender, OpenedAccount from, string amount, string currency = "ALL", string? bearer = "shared", JsonObject? beneficiary = null) =>
        sender.PostAsync("v1/transfers/national/quotes", National(from, amount, currency, bearer, beneficiary));

    /// <summary>Quoted and confirmed.</summary>
    /// <returns>The transfer's id.</returns>
    public static async Task<string> SendNationalAsync(
        this Sender sender, OpenedAccount from, string amount, string bearer = "shared", JsonObject? beneficiary = null, string currency = "ALL")
    {
        var sent = await sender.ConfirmAsync("national", await sender.QuoteNationalAsync(from, amount, currency, bearer, beneficiary));
        Assert.True(sent.Status == 202, sent.ToString());
        return (string)sent.Json["id"]!;
    }

    public static JsonObject Abroad(OpenedAccount from, string amount, string currency = "EUR", string bearer = "shared") => new()
    {
        ["fromAccountId"] = from.Id,
        ["amount"] = Sender.Money(amount, currency),
        ["description"] = "Studime",
        ["feeBearer"] = bearer,
        ["purposeCategory"] = "education",
        ["purpose"] = "tuition",
        ["beneficiaryCategory"] = "company",
        ["acceptedTerms"] = "2026-01",
        ["beneficiary"] = new JsonObject
        {
            ["firstName"] = "Hans",
            ["lastName"] = "Muster",
            ["street"] = "Hauptstrasse 1",
            ["city"] = "Koln",
            ["postalCode"] = "50667",
            ["country"] = "DE",
            ["iban"] = InterbankBank.CommerzbankIban,
        },
    };

    public static Task<Answer> QuoteAbroadAsync(this Sender sender, JsonObject body) => sender.PostAsync("v1/transfers/international/quotes", body);

    /// <summary>Asks until the transfer is in the state.</summary>
    public static Task<Answer> TransferOnceAsync(this Sender sender, string transfer, string state) =>
        sender.GetOnceAsync($"v1/transfers/{transfer}", answer => (string)answer.Json["state"]! == state);

    public static string Timeline(Answer transfer) => string.Join(' ', transfer.Json["timeline"]!.AsArray().Select(step => (string)step!["state"]!));

    /// <summary>Booked and available balance: <c>10000.00 9900.00</c>.</summary>
    public static async Task<string> MoneyAsync(this Sender sender, OpenedAccount account)
    {
        var found = await sender.GetAsync($"v1/accounts/{account.Id}");
        return $"{found.Json["balance"]!["amount"]} {found.Json["available"]!["amount"]}";
    }
}

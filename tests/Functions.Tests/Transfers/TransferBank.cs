using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Transfers;

/// <summary>A bank for tests of transfers: one per test class; every test has customers of its own.</summary>
public class TransferBank : IAsyncLifetime
{
    private static int numbers = 400_000_000;

    public HttpBank Bank { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Bank = await HttpBank.StartAsync(Configure);

    public async ValueTask DisposeAsync()
    {
        await Bank.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A customer nobody else has.</summary>
    /// <param name="name">Registered at the branch when given, with a phone number of its own.</param>
    public async Task<Sender> CustomerAsync(string? name = null, bool trusted = true, string rights = "payment", string? personalNumber = null)
    {
        var number = Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);
        var sender = await SignInAsync(number, trusted, rights);
        if (name is not null)
            await RegisterAsync(number, name, personalNumber);
        return sender;
    }

    public async Task<Sender> SignInAsync(string number, bool trusted = true, string rights = "payment", string? channel = null) => new(
        this, number, (await Bank.SignIn.RunAsync(new SignInWish(number, rights, trusted, channel))).Token);

    public async Task RegisterAsync(string number, string name, string? personalNumber = null)
    {
        var contact = new JsonObject
        {
            ["name"] = name,
            ["language"] = "en",
            ["pushToken"] = $"push-{number}",
            ["email"] = $"c{number}@example.com",
            ["phone"] = PhoneOf(number),
        };
        if (personalNumber is not null)
            contact["personalNumber"] = personalNumber;
        var answer = await Bank.CallAsync("PUT", $"backoffice/v1/customers/{number}", contact.ToJsonString(), await TellerAsync());
        Assert.True(answer.Status == 200, answer.ToString());
    }

    public static string PhoneOf(string number) => $"+35569{number[^7..]}";

    public Task<string> TellerAsync() => Bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });

    /// <summary>An account opened at a branch, with cash paid in.</summary>
    public async Task<OpenedAccount> OpenAccountAsync(string customer, string balance, string currency = "ALL", bool isMain = false)
    {
        var teller = await TellerAsync();
        var opened = await Bank.CallAsync(
            "POST", "backoffice/v1/accounts",
            $$"""{"customer":"{{customer}}","currency":"{{currency}}","name":"Llogaria","isMain":{{(isMain ? "true" : "false")}}}""", teller, WithKey());
        var account = new OpenedAccount(Guid.Parse((string)opened.Json["id"]!), (string)opened.Json["iban"]!, currency);
        if (decimal.Parse(balance, CultureInfo.InvariantCulture) > 0)
        {
            var paidIn = await Bank.CallAsync(
                "POST", $"backoffice/v1/accounts/{account.Id}/cash-deposits",
                $$"""{"amount":{"amount":"{{balance}}","currency":"{{currency}}"},"description":"Derdhje"}""", teller, WithKey());
            Assert.True(paidIn.Status == 201, paidIn.ToString());
        }

        return account;
    }

    public static Action<HttpRequestMessage> WithKey(string? key = null) => request => request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());

    protected virtual void Configure(FunctionsTestHostOptions options) => Configure(options.Settings);

    protected virtual void Configure(IDictionary<string, string?> settings)
    {
    }
}

public sealed record OpenedAccount(Guid Id, string Iban, string Currency)
{
    public string Number => Iban[^16..];
}

/// <summary>One customer at the bank's door, in a user's words.</summary>
public sealed class Sender(TransferBank scene, string number, string token)
{
    public string Number => number;

    public string Token => token;

    public Task<Answer> GetAsync(string path) => scene.Bank.CallAsync("GET", path, token: token);

    public Task<Answer> PostAsync(string path, JsonNode json, string? key = null) =>
        scene.Bank.CallAsync("POST", path, json.ToJsonString(), token, TransferBank.WithKey(key));

    public Task<Answer> CallAsync(string method, string path, string? json = null) => scene.Bank.CallAsync(method, path, json, token);

    public Task<OpenedAccount> OpenAccountAsync(string balance, string currency = "ALL") => scene.OpenAccountAsync(number, balance, currency);

    public async Task<string> BalanceAsync(OpenedAccount account) => Amount((await GetAsync($"v1/accounts/{account.Id}")).Json["balance"]);

    public static string Amount(JsonNode? amount) => $"{amount!["amount"]} {amount["currency"]}";

    public static JsonObject Money(string amount, string currency = "ALL") => new() { ["amount"] = amount, ["currency"] = currency };

    public Task<Answer> QuoteOwnAsync(OpenedAccount from, OpenedAccount to, string amount, string? description = null) => PostAsync(
        "v1/transfers/own/quotes",
        new JsonObject
        {
            ["fromAccountId"] = from.Id,
            ["toAccountId"] = to.Id,
            ["amount"] = Money(amount, from.Currency),
            ["description"] = description,
        });

    /// <param name="beneficiary">Null for the account.</param>
    public Task<Answer> QuoteInsideAsync(
        OpenedAccount from, string? toAccount, string amount, string description = "Qira maj", JsonObject? beneficiary = null, string? phone = null) => PostAsync(
        "v1/transfers/inside/quotes",
        new JsonObject
        {
            ["fromAccountId"] = from.Id,
            ["beneficiary"] = beneficiary ?? new JsonObject { ["account"] = toAccount },
            ["amount"] = Money(amount, from.Currency),
            ["description"] = description,
            ["phone"] = phone,
        });

    /// <summary>Also what was paid before: the tests mean it.</summary>
    /// <param name="kind">As in the route: <c>own</c>, <c>inside</c>.</param>
    public Task<Answer> ConfirmAsync(string kind, Answer quote, string? key = null, bool? saveBeneficiary = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        var body = new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! };
        if (saveBeneficiary is { } save)
            body["saveBeneficiary"] = save;
        if (quote.Json["possibleDuplicate"] is not null)
            body["payAgain"] = true;
        return PostAsync($"v1/transfers/{kind}", body, key);
    }

    /// <summary>Quoted, confirmed and settled.</summary>
    public async Task<Answer> SendInsideAsync(OpenedAccount from, string toAccount, string amount, string description = "Qira maj", bool saveBeneficiary = false)
    {
        var sent = await ConfirmAsync("inside", await QuoteInsideAsync(from, toAccount, amount, description), saveBeneficiary: saveBeneficiary);
        Assert.True(sent.Status == 201, sent.ToString());
        return sent;
    }

    /// <summary>What follows a transfer follows the answer: asks until it is there.</summary>
    public async Task<Answer> GetOnceAsync(string path, Func<Answer, bool>? isThere = null)
    {
        Answer? answer = null;
        await Eventually.IsTrueAsync(async () => (answer = await GetAsync(path)).Status == 200 && (isThere?.Invoke(answer) ?? true));
        return answer!;
    }

    /// <summary>Newest first: <c>-100.00 ALL inside_transfer Qira maj</c>.</summary>
    public async Task<string[]> EntriesAsync(OpenedAccount account) =>
        [.. (await GetAsync($"v1/accounts/{account.Id}/entries")).Json["items"]!.AsArray().Select(entry => $"{Amount(entry!["amount"])} {entry["kind"]}")];
}

using System.Globalization;
using System.Text.Json.Nodes;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.MoneyRequests;

/// <summary>A bank whose customers know each other: one per test class; every test has customers of its own. Its clock starts at 10:00 UTC, 11:00 in Tirana.</summary>
public class FriendsBank : IAsyncLifetime
{
    private static int numbers = 500_000_000;

    protected virtual string Start => "2027-03-01T10:00:00Z";

    public HttpBank Bank { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Bank = await HttpBank.StartAsync(options =>
        {
            options.Clock = new MovableClock(DateTimeOffset.Parse(Start, CultureInfo.InvariantCulture));
            Configure(options.Settings);
        });
        await FollowAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Bank.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A customer nobody else is, with a phone number and one account.</summary>
    public async Task<Friend> FriendAsync(string name, string balance = "1000.00", string currency = "ALL")
    {
        var number = NewNumber();
        await RegisterAsync(number, name, PhoneOf(number));
        var friend = new Friend(this, number, name, PhoneOf(number), await OpenAccountAsync(number, balance, currency));
        await friend.SignInAsync();
        return friend;
    }

    public static string NewNumber() => Interlocked.Increment(ref numbers).ToString(CultureInfo.InvariantCulture);

    public static string PhoneOf(string number) => $"+35569{number[^7..]}";

    public async Task RegisterAsync(string number, string name, string phone)
    {
        var answer = await Bank.CallAsync(
            "PUT", $"backoffice/v1/customers/{number}",
            $$"""{"name":"{{name}}","language":"en","pushToken":"phone-{{number}}","phone":"{{phone}}"}""", await TellerAsync());
        Assert.True(answer.Status == 200, answer.ToString());
    }

    public async Task<Guid> OpenAccountAsync(string number, string balance, string currency = "ALL")
    {
        var opened = await Bank.CallAsync(
            "POST", "backoffice/v1/accounts", $$"""{"customer":"{{number}}","currency":"{{currency}}","name":"Llogaria","isMain":false}""", await TellerAsync(), WithKey());
        var id = Guid.Parse((string)opened.Json["id"]!);
        if (balance != "0.00")
            await DepositAsync(id, balance, currency);
        return id;
    }

    public async Task DepositAsync(Guid account, string amount, string currency = "ALL")
    {
        var paidIn = await Bank.CallAsync(
            "POST", $"backoffice/v1/accounts/{account}/cash-deposits",
            $$"""{"amount":{"amount":"{{amount}}","currency":"{{currency}}"},"description":"Derdhje"}""", await TellerAsync(), WithKey());
        Assert.True(paidIn.Status == 201, paidIn.ToString());
    }

    /// <summary>Lets the time pass, with everything that falls due in it; who was signed in signs in again before the next call. UTC.</summary>
    public async Task PassTimeUntilAsync(string time)
    {
        await Bank.Host.MoveClockToAsync(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
        await IdleAsync();
        await FollowAsync();
    }

    /// <summary>Lets the time pass as if the bank had been switched off: what fell due is done once, at the end. UTC.</summary>
    public async Task SleepUntilAsync(string time)
    {
        await Bank.Host.SleepUntilAsync(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
        await IdleAsync();
        await FollowAsync();
    }

    public async Task FireAsync(string timer)
    {
        await Bank.Host.FireTimerAsync(timer);
        await IdleAsync();
    }

    /// <summary>Until every message has been worked off.</summary>
    public Task IdleAsync() => Bank.WhenIdleAsync();

    public Task<string> TellerAsync() => Bank.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });

    public static Action<HttpRequestMessage> WithKey(string? key = null) => request => request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString("N"));

    protected virtual void Configure(IDictionary<string, string?> settings)
    {
    }

    /// <summary>The sandbox's clock to the bank's, so that its tokens are valid.</summary>
    private async Task FollowAsync() =>
        (await Bank.Sandbox.PostAsync("clock", HttpBank.Json($$"""{"now":"{{Bank.Host.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}"""))).EnsureSuccessStatusCode();
}

/// <summary>One customer at the bank's door, in a user's words.</summary>
public sealed class Friend(FriendsBank scene, string number, string name, string phone, Guid account)
{
    private string token = "";

    public string Number => number;

    public string Name => name;

    public string Phone => phone;

    public Guid Account => account;

    /// <summary>After the clock has moved: tokens hold for an hour.</summary>
    public async Task SignInAsync() => token = await scene.Bank.TokenAsync(new() { ["customer"] = number });

    public Task<HttpClient> ClientAsync() => scene.Bank.CustomerAsync(number);

    public Task<Answer> GetAsync(string path) => scene.Bank.CallAsync("GET", $"v1/{path}", token: token);

    public Task<Answer> PostAsync(string path, JsonNode? json = null, string? key = null) =>
        scene.Bank.CallAsync("POST", $"v1/{path}", json?.ToJsonString(), token, FriendsBank.WithKey(key));

    public Task<Answer> CallAsync(string method, string path, string? json = null) => scene.Bank.CallAsync(method, $"v1/{path}", json, token);

    public async Task<string> BalanceAsync(Guid? of = null) => Amount((await GetAsync($"accounts/{of ?? account}")).Json["balance"]);

    public static string Amount(JsonNode? amount) => $"{amount!["amount"]} {amount["currency"]}";

    public static JsonObject Money(string amount, string currency = "ALL") => new() { ["amount"] = amount, ["currency"] = currency };

    /// <summary>Title and text of what was pushed to the customer, oldest first.</summary>
    public async Task<string[]> PushesAsync()
    {
        await scene.IdleAsync();
        var messages = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync($"inbox/messages?customer={number}&channel=push"))!["messages"]!.AsArray();
        return [.. messages.Select(message => $"{message!["title"]}: {message["text"]}").Reverse()];
    }

    public Task<Answer> AddAsync(string contactName, string contactPhone, string? key = null) =>
        PostAsync("network/contacts", new JsonObject { ["name"] = contactName, ["phone"] = contactPhone }, key);

    /// <returns>The contact's id.</returns>
    public async Task<Guid> KnowsAsync(Friend other, string? asName = null)
    {
        var added = await AddAsync(asName ?? other.Name, other.Phone);
        Assert.True(added.Status == 201, added.ToString());
        return Guid.Parse((string)added.Json["id"]!);
    }

    public Task<Answer> QuoteAsync(Guid contact, string amount, string? details = null, string currency = "ALL", Guid? to = null) => PostAsync(
        "money-requests/quotes",
        new JsonObject { ["contactId"] = contact, ["accountId"] = to ?? account, ["amount"] = Money(amount, currency), ["details"] = details });

    public Task<Answer> ConfirmAsync(string path, Answer quote, string? key = null)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return PostAsync(path, new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }, key);
    }

    /// <summary>Prepared, sent and delivered.</summary>
    /// <returns>The request's id.</returns>
    public async Task<string> AskAsync(Friend payer, string amount, string? details = null)
    {
        var contact = await KnowsAsync(payer);
        var sent = await ConfirmAsync("money-requests", await QuoteAsync(contact, amount, details));
        Assert.True(sent.Status == 201, sent.ToString());
        await scene.IdleAsync();
        return (string)sent.Json["id"]!;
    }

    public Task<Answer> QuotePaymentAsync(string request, Guid? from = null) =>
        PostAsync($"money-requests/{request}/payment/quotes", new JsonObject { ["accountId"] = from ?? account });

    public async Task<Answer> PayAsync(string request, Guid? from = null) =>
        await ConfirmAsync($"money-requests/{request}/payment", await QuotePaymentAsync(request, from));

    public async Task<string> StateAsync(string request) => (string)(await GetAsync($"money-requests/{request}")).Json["state"]!;

    /// <summary>One line each, newest first: <c>sent Drita Kola 100.00 ALL open</c>.</summary>
    public async Task<string[]> RequestsAsync(string query = "")
    {
        var answer = await GetAsync($"money-requests{query}");
        Assert.True(answer.Status == 200, answer.ToString());
        return [.. answer.Json["items"]!.AsArray().Select(it => $"{it!["direction"]} {it["otherParty"]!["name"]} {Amount(it["amount"])} {it["state"]}")];
    }

    public async Task<int> CountAsync() => (int)(await GetAsync("money-requests/count")).Json["openReceived"]!;
}

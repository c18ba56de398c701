using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Envelope;

/// <summary>One bank for everything that reaches a customer or stands in the profile; every test has customers of its own. It is Monday, 11:00 in Tirana.</summary>
public sealed class EnvelopeBank : FriendsBank
{
    public const string Desk = "ankesat@bank.al";

    private int purchases;

    protected override void Configure(IDictionary<string, string?> settings)
    {
        // One try per delivery, and a gateway that is well again is called again at once.
        settings["Partners:Push:Retries"] = "0";
        settings["Partners:Push:BreakDuration"] = "00:00:00.5";
        settings["Complaints:EscalationEmail"] = Desk;
    }

    public T Get<T>() where T : notnull => Bank.Host.Services.GetRequiredService<T>();

    public async Task<Answer> StaffAsync(string method, string path, string? json = null, string? key = null, string roles = "branch", string who = "teller-1") =>
        await Bank.CallAsync(method, $"backoffice/v1/{path}", json, await Bank.TokenAsync(new() { ["staff"] = who, ["roles"] = roles }), key is null ? null : WithKey(key));

    /// <summary>A customer's call, confirmed on the trusted device when the bank asks for it.</summary>
    public async Task<Answer> ConfirmedAsync(Friend friend, string method, string path, string json, string? key = null) =>
        await Bank.CallAsync(method, $"v1/{path}", json, await TokenAsync(friend), key is null ? null : WithKey(key));

    /// <summary>The same by somebody who has the token and not the device.</summary>
    public async Task<Answer> UnconfirmedAsync(Friend friend, string method, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"api/v1/{path}") { Content = HttpBank.Json(json) };
        request.Headers.Authorization = new("Bearer", await TokenAsync(friend));
        WithKey(Guid.NewGuid().ToString("N"))(request);
        using var answer = await Bank.Host.Client.SendAsync(request);
        return await Answer.ReadAsync(answer);
    }

    private async Task<string> TokenAsync(Friend friend) => (await Bank.SignIn.RunAsync(new SignInWish(friend.Number))).Token;

    /// <summary>Everything of a channel, oldest first: "title: text".</summary>
    public async Task<JsonNode[]> InboxAsync(string channel, string? customer = null)
    {
        await IdleAsync();
        var query = customer is null ? "" : $"&customer={customer}";
        return [.. JsonNode.Parse(await Bank.Sandbox.GetStringAsync($"inbox/messages?channel={channel}{query}"))!["messages"]!.AsArray().Select(message => message!).Reverse()];
    }

    public async Task KnobAsync(string party, string json) => (await Bank.Sandbox.PutAsync($"knobs/{party}", HttpBank.Json(json))).EnsureSuccessStatusCode();

    public async Task WellAgainAsync(string party) => (await Bank.Sandbox.DeleteAsync($"knobs/{party}")).EnsureSuccessStatusCode();

    /// <summary>Gives the customer a card at the card server. The token.</summary>
    public async Task<string> CardAsync(Friend friend)
    {
        var token = $"card-{friend.Number}";
        await DeskAsync("cards", new JsonObject { ["cardToken"] = token, ["customer"] = friend.Number, ["maskedCard"] = "•••• 4242" });
        return token;
    }

    /// <summary>Somebody pays with the card in a shop, and the card server asks the bank. The transaction's id.</summary>
    public async Task<string> BuyAsync(Friend friend, string amount = "25.00", string? expiresAt = null)
    {
        var id = $"tx-{friend.Number}-{Interlocked.Increment(ref purchases)}";
        await DeskAsync("purchases", Purchase(friend, id, amount, expiresAt));
        await Eventually.IsTrueAsync(
            async () => (await Bank.Sandbox.GetStringAsync("webhooks/sent?partner=card-server")).Contains(id, StringComparison.Ordinal)
                && !(await Bank.Sandbox.GetStringAsync("webhooks/sent?partner=card-server")).Contains("\"pending\"", StringComparison.Ordinal));
        await IdleAsync();
        return id;
    }

    public JsonObject Purchase(Friend friend, string id, string amount = "25.00", string? expiresAt = null) => new()
    {
        ["transactionId"] = id,
        ["cardToken"] = $"card-{friend.Number}",
        ["merchantName"] = "Libraria Adrion",
        ["merchantCountry"] = "AL",
        ["amount"] = Friend.Money(amount, "EUR"),
        ["time"] = $"{Bank.Host.Clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}",
        ["expiresAt"] = expiresAt,
    };

    /// <summary>The same customer with a telephone number and no app.</summary>
    public async Task RegisterWithoutPhoneAsync(Friend friend)
    {
        var saved = await StaffAsync("PUT", $"customers/{friend.Number}", $$"""{"name":"{{friend.Name}}","language":"en","phone":"{{friend.Phone}}"}""");
        Assert.True(saved.Status == 200, saved.ToString());
    }

    /// <summary>What the card server has been told: "decision times".</summary>
    public async Task<string> ToldAsync(string transaction)
    {
        var all = JsonNode.Parse(await Bank.Sandbox.GetStringAsync("card-servers/card-server/purchases"))!["purchases"]!.AsArray();
        return (string?)all.Single(one => (string)one!["transactionId"]! == transaction)!["decision"] ?? "nothing";
    }

    public async Task DeskAsync(string path, JsonObject body) =>
        (await Bank.Sandbox.PostAsync($"card-servers/card-server/{path}", HttpBank.Json(body.ToJsonString()))).EnsureSuccessStatusCode();

    /// <summary>A webhook of the card server, signed by the test itself.</summary>
    public async Task<Answer> WebhookAsync(string type, JsonNode data, string id, long? timestamp = null, string? signature = null)
    {
        var body = new JsonObject { ["type"] = type, ["timestamp"] = "2027-03-01T10:00:00Z", ["data"] = data.DeepClone() }.ToJsonString();
        var at = timestamp ?? Bank.Host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var secret = Convert.FromBase64String("c2FuZGJveCBvbmx5LCBjYXJkIHNlcnZlci4uLi4uLi4=");
        var signed = signature ?? "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{at}.{body}")));
        return await Bank.CallAsync("POST", "webhooks/card-server", body, change: request =>
        {
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", $"{at}");
            request.Headers.Add("webhook-signature", signed);
        });
    }

    /// <summary>Actions of the audit trail about a resource, newest first.</summary>
    public async Task<string[]> AuditAsync(string resource) =>
    [
        .. (await StaffAsync("GET", $"audit?resource={Uri.EscapeDataString(resource)}", roles: "auditor", who: "auditor-1")).Json["items"]!.AsArray()
            .Select(record => (string)record!["action"]!),
    ];
}

[CollectionDefinition(Name)]
public sealed class EnvelopeCollection : ICollectionFixture<EnvelopeBank>
{
    public const string Name = "envelope";
}

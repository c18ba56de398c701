using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Serverless.Testing;

/// <summary>The long way in, over HTTP and with the sandbox's inbox: a branch makes somebody a client, the client registers and signs in.</summary>
/// <param name="bank">Calls without a token.</param>
/// <param name="sandbox">Whose inbox gets the messages.</param>
public sealed partial class SignInWalk(HttpClient bank, HttpClient sandbox)
{
    public const string Password = "Vera2026x";

    private readonly ConcurrentDictionary<string, int> given = new(StringComparer.Ordinal);

    /// <summary>Contact details and the signed contract, as the branch notes them.</summary>
    /// <param name="teller">A member of staff with the role branch.</param>
    public async Task BecomeClientAsync(HttpClient teller, string number, string? personalNumber = null, string rights = "payment")
    {
        var person = personalNumber is null ? "" : $$""","personalNumber":"{{personalNumber}}" """;
        await SendAsync(teller, HttpMethod.Put, $"api/backoffice/v1/customers/{number}", $$"""{"name":"Arta Hoxha","language":"en","phone":"{{Phone(number)}}","pushToken":"push-{{number}}"{{person}}}""");
        await SendAsync(teller, HttpMethod.Put, $"api/backoffice/v1/customers/{number}/services-contract", $$"""{"signedOn":"2026-01-05","rights":"{{rights}}"}""");
    }

    /// <summary>The unique code that the branch hands over.</summary>
    public async Task<string> UniqueCodeAsync(HttpClient teller, string number) => (string)(await SendAsync(
        teller, HttpMethod.Post, $"api/backoffice/v1/customers/{number}/unique-codes", """{"branch":"TIA-01","clientPresent":true}"""))["uniqueCode"]!;

    /// <summary>Registers a client by a unique code.</summary>
    public async Task RegisterAsync(HttpClient teller, string number, string password = Password)
    {
        var code = await UniqueCodeAsync(teller, number);
        var registration = $"api/public/v1/registrations/{await IdentifiedAsync(number)}";
        await PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{code}}"}""");
        await PostAsync($"{registration}/code", $$"""{"code":"{{await CodeAsync(number)}}"}""");
        await PostAsync($"{registration}/password", $$"""{"password":"{{password}}"}""");
    }

    /// <returns>The id of a registration whose client is identified.</returns>
    public async Task<string> IdentifiedAsync(string identifier)
    {
        var id = (string)(await PostAsync("api/public/v1/registrations", """{"path":"existing_client","termsAccepted":true}"""))["registrationId"]!;
        await PostAsync($"api/public/v1/registrations/{id}/client", $$"""{"identifier":"{{identifier}}"}""");
        return id;
    }

    /// <returns>The answer of the login's last step: who it is, and the tokens.</returns>
    public async Task<JsonNode> SignInAsync(string number, TestDevice device, string password = Password)
    {
        var started = await PostAsync("api/public/v1/login", LoginBody(number, password, device));
        return await PostAsync($"api/public/v1/login/{started["challengeId"]}/code", $$"""{"code":"{{await CodeAsync(number)}}"}""");
    }

    /// <param name="device">Null: a browser at the Internet Branch.</param>
    public static string LoginBody(string identifier, string password, TestDevice? device) => device is null
        ? $$"""{"identifier":"{{identifier}}","password":"{{password}}","channel":"web","installation":{"id":"browser-0000000001","name":"Firefox","type":"web"} }"""
        : $$"""{"identifier":"{{identifier}}","password":"{{password}}","channel":"app","installation":{"id":"{{device.Id}}","name":"Telefoni","type":"android","publicKey":{{device.Key}} } }""";

    /// <summary>The next code that the customer gets by SMS: waits until there is one more than this walk has given before.</summary>
    public async Task<string> CodeAsync(string number)
    {
        string[] codes = [];
        await Eventually.IsTrueAsync(async () =>
        {
            codes = [.. (await MessagesAsync(number)).Select(text => CodeShape().Match(text)).Where(match => match.Success).Select(match => match.Value)];
            return codes.Length > given.GetValueOrDefault(number);
        });
        given[number] = codes.Length;
        return codes[^1];
    }

    /// <summary>What the customer got by SMS, oldest first.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string number)
    {
        var inbox = JsonNode.Parse(await sandbox.GetStringAsync($"inbox/messages?customer={number}&channel=sms"))!["messages"]!.AsArray();
        return [.. inbox.OrderBy(message => (string)message!["receivedAt"]!, StringComparer.Ordinal).Select(message => (string)message!["text"]!)];
    }

    public static string Phone(string number) => $"+3556{number[1..]}";

    public Task<JsonNode> PostAsync(string path, string body) => SendAsync(bank, HttpMethod.Post, path, body);

    private static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = HttpBank.Json(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{method} {path} answered {(int)answer.StatusCode}: {text}");
    }

    [GeneratedRegex(@"\b[0-9]{6}\b")]
    private static partial Regex CodeShape();
}

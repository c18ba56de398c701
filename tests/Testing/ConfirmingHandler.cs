using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Serverless.Testing;

/// <summary>Confirms as a customer does: signs on the app's device what a quote or a challenge asks for; in eKlik the mToken gives the code, in a browser it comes by SMS.</summary>
/// <remarks>A request that brings a confirmation of its own is left alone, and so is what needs none: own accounts, requests for money.</remarks>
/// <param name="now">The bank's clock.</param>
/// <param name="sandbox">Where the messages arrive.</param>
public sealed class ConfirmingHandler(CustomerSignIn signIn, Func<DateTimeOffset> now, HttpClient sandbox) : DelegatingHandler
{
    public const string Header = "Strong-Confirmation";
    public const string ChallengeHeader = "Confirmation-Challenge";

    private static readonly ConcurrentDictionary<string, string> Hashes = new(StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var who = request.Headers.Authorization?.Parameter is { } token ? signIn.Find(token) : null;
        if (who is null || request.Method == HttpMethod.Get || request.Headers.Contains(Header))
            return await base.SendAsync(request, cancellationToken);

        if (request.Content is { } content)
            await content.LoadIntoBufferAsync(cancellationToken);
        var quote = await QuoteOfAsync(request, cancellationToken);
        if (who.Signs && quote is not null && Hashes.TryGetValue(quote, out var hash))
            request.Headers.Add(Header, who.Device.Confirming(quote, hash, now()));
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true)
            return answer;

        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        if (answer.IsSuccessStatusCode && request.RequestUri!.AbsolutePath.EndsWith("/quotes", StringComparison.Ordinal))
            Remember(JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!);
        return answer.StatusCode == HttpStatusCode.Forbidden
            && JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) is JsonObject problem && (string?)problem["code"] == "confirmation_required"
            ? await AgainAsync(request, answer, problem, quote, who, cancellationToken)
            : answer;
    }

    /// <summary>Low values and registered payees are signed too, so that their counters stay where they are.</summary>
    private void Remember(JsonNode quote)
    {
        if (quote["quoteId"] is { } id && quote["confirmation"] is { } confirmation && (string?)confirmation["exemption"] is not ("own_accounts" or "nothing_paid"))
            Hashes[(string)id!] = (string)confirmation["hash"]!;
    }

    private async Task<HttpResponseMessage> AgainAsync(
        HttpRequestMessage request, HttpResponseMessage refused, JsonObject problem, string? quote, SignedIn who, CancellationToken cancellation)
    {
        var challenge = (string?)problem["challenge"] ?? quote!;
        var confirmation = who.Signs
            ? who.Device.Confirming(challenge, (string)problem["factsHash"]!, now())
            : who.OtpKey is { } key ? EKlikClients.Confirming(key, challenge, (string)problem["factsHash"]!, now())
            : await CodeAsync(request, (string)problem["operation"]!, challenge, who.Number, cancellation);
        if (confirmation is null)
            return refused;

        refused.Dispose();
        var again = await CopyAsync(request, cancellation);
        again.Headers.Add(Header, confirmation);
        if (problem["challenge"] is not null)
            again.Headers.Add(ChallengeHeader, challenge);
        return await base.SendAsync(again, cancellation);
    }

    /// <returns>Null when no code is sent.</returns>
    private async Task<string?> CodeAsync(HttpRequestMessage request, string operation, string challenge, string number, CancellationToken cancellation)
    {
        var known = await MessagesAsync(number, cancellation);
        using var asking = new HttpRequestMessage(HttpMethod.Post, new Uri(request.RequestUri!, "/api/v1/confirmations"))
        {
            Content = JsonContent.Create(new { operation, challenge }),
        };
        asking.Headers.Authorization = request.Headers.Authorization;
        using var sent = await base.SendAsync(asking, cancellation);
        if (sent.StatusCode != HttpStatusCode.Accepted)
            return null;
        var id = (string)(await sent.Content.ReadFromJsonAsync<JsonObject>(cancellation))!["confirmationId"]!;
        KeyValuePair<string, string> message = default;
        await Eventually.IsTrueAsync(async () =>
            (message = (await MessagesAsync(number, cancellation)).FirstOrDefault(one => !known.ContainsKey(one.Key) && one.Value.Length > 6 && one.Value[..6].All(char.IsAsciiDigit))).Key is not null);
        return $"{id}.{message.Value[..6]}";
    }

    /// <summary>Texts by the messages' ids.</summary>
    private async Task<Dictionary<string, string>> MessagesAsync(string number, CancellationToken cancellation) =>
        (await sandbox.GetFromJsonAsync<JsonObject>($"inbox/messages?customer={number}&channel=sms", cancellation))!["messages"]!.AsArray()
            .ToDictionary(message => (string)message!["id"]!, message => (string)message!["text"]!);

    private static async Task<string?> QuoteOfAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (request.Content is not { Headers.ContentType.MediaType: "application/json" } content)
            return null;
        try
        {
            using var json = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellation));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("quoteId", out var quote) && quote.ValueKind == JsonValueKind.String
                ? quote.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers)
        {
            if (name != Header)
                copy.Headers.TryAddWithoutValidation(name, values);
        }

        if (request.Content is not { } content)
            return copy;
        copy.Content = new ByteArrayContent(await content.ReadAsByteArrayAsync(cancellation));
        foreach (var (name, values) in content.Headers)
            copy.Content.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }
}

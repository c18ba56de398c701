using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Partners;

/// <summary>The card processor, over the contract in docs/partners.md.</summary>
public sealed partial class CardProcessorClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CardProcessorClient> log) : IBankCards
{
    public async Task<Result<JsonWebKey[]>> PinKeysAsync(CancellationToken cancellation)
    {
        var (status, found) = await SendAsync<KeySet>(new HttpRequestMessage(HttpMethod.Get, new Uri("keys", UriKind.Relative)), cancellation);
        return status == HttpStatusCode.OK && found?.Keys is { Length: > 0 } keys ? keys : new CardProcessorUnavailable();
    }

    public async Task<Result<BankCard[]>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var (status, found) = await SendAsync<CardList>(Post("searches", new { customerNumber = customer.Value }), cancellation);
        return status == HttpStatusCode.OK && found?.Cards is { } cards ? cards.Select(card => card.ToCard()).OfType<BankCard>().ToArray() : new CardProcessorUnavailable();
    }

    public async Task<Result<PinCheck>> CheckPinAsync(string cardId, string pinBlock, CancellationToken cancellation)
    {
        var checkId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cardId}\n{pinBlock}")));
        var (status, answer) = await SendAsync<Checked>(Post("pin-checks", new { checkId, cardId, pinBlock }), cancellation);
        return status switch
        {
            HttpStatusCode.OK when answer is { Result: "right" or "wrong" or "blocked", TriesLeft: { } left } => new PinCheck(answer.Result == "right", answer.Result == "blocked" ? 0 : left),
            HttpStatusCode.BadRequest => new PinBlockInvalid(),
            _ => new CardProcessorUnavailable(),
        };
    }

    private static HttpRequestMessage Post<T>(string path, T body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Options.Set(PartnerHttp.Repeatable, true);
        return request;
    }

    /// <summary>A status of null: there was no answer.</summary>
    private async Task<(HttpStatusCode? Status, T? Body)> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellation)
        where T : class
    {
        if (http.Find("cards", options.Value.CardProcessor) is not { } client)
            return (null, null);
        try
        {
            using var response = await client.SendAsync(request, cancellation);
            if (response.IsSuccessStatusCode)
                return (response.StatusCode, await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation));
            LogStatus((int)response.StatusCode);
            return (response.StatusCode, null);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is JsonException)
        {
            LogNoAnswer(e.GetType().Name);
            return (null, null);
        }
        finally
        {
            request.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card processor gave no usable answer: {Failure}")]
    private partial void LogNoAnswer(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card processor answered {Status}")]
    private partial void LogStatus(int status);

    private sealed record KeySet(JsonWebKey[]? Keys);

    private sealed record CardList(IReadOnlyList<Card>? Cards);

    private sealed record Card(string? CardId, string? Kind, string? LastDigits, string? Status)
    {
        public BankCard? ToCard() => CardId is { Length: > 0 and <= 64 } id && LastDigits is { Length: 6 } digits && Kind is "contactless" or "standard"
            ? new BankCard(id, Kind == "contactless" ? CardKind.Contactless : CardKind.Standard, digits, Status == "active")
            : null;
    }

    private sealed record Checked(string? Result, int? TriesLeft);
}

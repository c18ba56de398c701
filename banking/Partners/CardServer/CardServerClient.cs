using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The server that authenticates card purchases (3-D Secure), over the contract in docs/partners.md.</summary>
public sealed partial class CardServerClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CardServerClient> log)
{
    /// <returns>Whose card it is. Or, first match: <see cref="CardServerUnavailable"/>, <see cref="CardUnknown"/>.</returns>
    public async Task<Result<CardHolder>> FindHolderAsync(string cardToken, CancellationToken cancellation)
    {
        var (status, found) = await PostAsync<Holder>("card-lookups", new { cardToken }, cancellation);
        return status switch
        {
            HttpStatusCode.OK when CustomerId.Find(found?.Customer) is { } customer && found!.MaskedCard is { Length: > 0 and <= 30 } card => new CardHolder(customer, card),
            HttpStatusCode.NotFound => new CardUnknown(),
            _ => new CardServerUnavailable(),
        };
    }

    /// <summary>Tells the outcome of a purchase: <c>approved</c>, <c>rejected</c>, <c>timed_out</c>, <c>code</c> (ask by a code of your own). May be told any number of times.</summary>
    /// <returns>False when it did not take it: tell it again.</returns>
    public async Task<bool> DecideAsync(string transactionId, string decision, CancellationToken cancellation)
    {
        var (status, _) = await PostAsync<object>("decisions", new { transactionId, decision }, cancellation);
        return status is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.NotFound;
    }

    private async Task<(HttpStatusCode?, T?)> PostAsync<T>(string path, object body, CancellationToken cancellation) where T : class
    {
        if (http.Find("card-server", options.Value.CardServer) is not { } client)
            return (null, null);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
            request.Options.Set(PartnerHttp.Repeatable, true);
            using var answer = await client.SendAsync(request, cancellation);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation) : null);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e) || e is JsonException)
        {
            LogNoAnswer(e.GetType().Name);
            return (null, null);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The card server gave no usable answer: {Failure}")]
    private partial void LogNoAnswer(string failure);

    private sealed record Holder(string? Customer, string? MaskedCard);
}

/// <param name="MaskedCard">Its last four digits alone.</param>
public sealed record CardHolder(CustomerId Customer, string MaskedCard);

/// <summary>Whose card it is cannot be found out now; HTTP 503, so that the webhook comes again.</summary>
public sealed record CardServerUnavailable() : Unavailable("card_server_unavailable");

/// <summary>No customer of the bank has this card.</summary>
public sealed record CardUnknown() : NotFound("card_unknown");

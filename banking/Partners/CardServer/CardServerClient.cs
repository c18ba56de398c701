using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The server that authenticates card purchases (3-D Secure), over the contract in docs/partners.md.</summary>
public sealed class CardServerClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CardServerClient> log)
{
    private readonly PartnerCalls calls = new(http, "card-server", options.Value.CardServer, log);

    /// <returns>Whose card it is. Or, first match: <see cref="CardServerUnavailable"/>, <see cref="CardUnknown"/>.</returns>
    public async Task<Result<CardHolder>> FindHolderAsync(string cardToken, CancellationToken cancellation)
    {
        var (status, found) = await calls.PostAsync<Holder>("card-lookups", new { cardToken }, cancellation);
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
        var (status, _) = await calls.PostAsync<object>("decisions", new { transactionId, decision }, cancellation);
        return status is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.NotFound;
    }

    private sealed record Holder(string? Customer, string? MaskedCard);
}

/// <param name="MaskedCard">Its last four digits alone.</param>
public sealed record CardHolder(CustomerId Customer, string MaskedCard);

/// <summary>Whose card it is cannot be found out now; HTTP 503, so that the webhook comes again.</summary>
public sealed record CardServerUnavailable() : Unavailable("card_server_unavailable");

/// <summary>No customer of the bank has this card.</summary>
public sealed record CardUnknown() : NotFound("card_unknown");

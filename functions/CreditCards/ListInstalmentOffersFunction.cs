using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class ListInstalmentOffersFunction(QuoteInstalments quote)
{
    [Function("CreditCards_ListInstalmentOffers")]
    [Access(Right.Info)]
    [Summary("What a completed purchase of the next statement can be split into.")]
    [Answers<InstalmentOffersResponse>]
    [Refuses<CardProcessorUnavailable>, Refuses<CreditCardNotFound>, Refuses<CardTransactionNotFound>, Refuses<NotSplittable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get",
            Route = "v1/credit-cards/{cardId:regex(^[A-Za-z0-9._-]{{1,64}}$)}/transactions/{transactionId:regex(^[A-Za-z0-9._-]{{1,64}}$)}/instalment-offers")] HttpRequest request,
        string cardId, string transactionId) =>
        quote.OffersAsync(request.Customer(), cardId, transactionId, request.HttpContext.RequestAborted).Respond(offered => TypedResults.Ok(new InstalmentOffersResponse(
            CardTransactionResponse.From(offered.Transaction), [.. offered.Offers.Select(InstalmentOfferResponse.From)])));
}

public sealed record InstalmentOffersResponse(CardTransactionResponse Transaction, IReadOnlyList<InstalmentOfferResponse> Offers);

public sealed record InstalmentOfferResponse(
    [property: Example("6")] int Instalments,
    [property: Description("Each; the last one is what is left.")] Money InstalmentAmount,
    [property: Description("In the total.")] Money Commission,
    Money Total,
    LocalDate FirstDate,
    Instant ExpiresAt)
{
    public static InstalmentOfferResponse From(InstalmentOffer offer) => new(offer.Instalments, offer.InstalmentAmount, offer.Commission, offer.Total, offer.FirstDate, offer.ExpiresAt);
}

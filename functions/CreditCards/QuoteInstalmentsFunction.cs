using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class QuoteInstalmentsFunction(QuoteInstalments quote)
{
    [Function("Instalments_Quote")]
    [Access(Right.Payment)]
    [Summary("Prepares splitting a purchase into one of the offers.", Details = "Good no longer than the offer itself.")]
    [Body<QuoteInstalmentsRequest>]
    [Answers<InstalmentQuoteResponse>]
    [Refuses<CardProcessorUnavailable>, Refuses<CreditCardNotFound>, Refuses<CardTransactionNotFound>, Refuses<NotSplittable>, Refuses<InstalmentOfferExpired>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/instalment-plans/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteInstalmentsRequest>()
            .Then(body => quote.RunAsync(request.Customer(), body.CardId, body.TransactionId, body.Instalments, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(InstalmentQuoteResponse.From(quoted)));
}

public sealed record QuoteInstalmentsRequest(
    [property: Pattern("[A-Za-z0-9._-]{1,64}"), Example("card-0001")] string CardId,
    [property: Pattern("[A-Za-z0-9._-]{1,64}"), Example("txn-0001")] string TransactionId,
    [property: Range(1, 120), Description("Of one of the offers."), Example("6")] int Instalments);

[Description("A prepared split. Confirm it before it expires.")]
public sealed record InstalmentQuoteResponse(
    string QuoteId, CardTransactionResponse Transaction, InstalmentOfferResponse Offer, ConfirmationResponse Confirmation, Instant ExpiresAt)
{
    public static InstalmentQuoteResponse From(SealedQuote<QuotedInstalments> quote) => new(
        quote.Text, CardTransactionResponse.From(new SeenTransaction(quote.Content.Purchase, true)), InstalmentOfferResponse.From(quote.Content.Offer),
        ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
}

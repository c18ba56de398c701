using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class ListCreditCardsFunction(FindCreditCards find)
{
    [Function("CreditCards_List")]
    [Access(Right.Info)]
    [Summary("The customer's credit cards, as the processor has them.")]
    [Answers<CreditCardsResponse>]
    [Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/credit-cards")] HttpRequest request) =>
        find.ListAsync(request.Customer(), request.HttpContext.RequestAborted)
            .Respond(cards => TypedResults.Ok(new CreditCardsResponse([.. cards.Select(CreditCardResponse.From)])));
}

public sealed record CreditCardsResponse(IReadOnlyList<CreditCardResponse> Items);

public sealed record CreditCardResponse(
    [property: Description("The processor's token."), Example("card-0001")] string CardId,
    [property: Description("As applied for."), Example("classic")] string CardType,
    [property: Description("The last four of the card number."), Example("0001")] string LastDigits,
    [property: Description("Issued, not blocked, not expired.")] bool IsActive,
    [property: Description("Year and month; null where the processor does not say."), Example("2029-12")] string? Expiry)
{
    public static CreditCardResponse From(BankCard card) => new(card.Id, card.Product!, card.LastDigits[^4..], card.IsActive, card.Expiry);
}

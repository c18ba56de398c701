using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Partners;
using Serverless.Banking.PasswordChanges;
using Serverless.Functions.Http;

namespace Serverless.Functions.PasswordChanges;

public sealed class ListPasswordCardsFunction(ListPasswordCards list)
{
    [Function("PasswordChanges_ListCards")]
    [Access(Right.Info)]
    [Priority(Priority.Order)]
    [Summary("Lists the customer's active cards whose PIN can help to change the password.")]
    [Answers<PasswordCardsResponse>]
    [Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/password/cards")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.HttpContext.RequestAborted).Respond(cards => TypedResults.Ok(PasswordCardsResponse.From(cards)));
}

public sealed record PasswordCardsResponse(IReadOnlyList<PasswordCardResponse> Items)
{
    public static PasswordCardsResponse From(IReadOnlyList<BankCard> cards) => new([.. cards.Select(card => new PasswordCardResponse(card.Id, card.Kind, card.LastDigits[^4..]))]);
}

/// <param name="LastDigits">The last four of the card number.</param>
public sealed record PasswordCardResponse(string CardId, CardKind CardType, string LastDigits);

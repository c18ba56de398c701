using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class ListCardTransactionsFunction(FindCreditCards find)
{
    [Function("CreditCards_ListTransactions")]
    [Access(Right.Info)]
    [Summary("What the card's next statement will show, newest first: first what the merchant has not drawn yet, then what is drawn.")]
    [Answers<CardTransactionsResponse>]
    [Refuses<CardProcessorUnavailable>, Refuses<CreditCardNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/credit-cards/{cardId:regex(^[A-Za-z0-9._-]{{1,64}}$)}/transactions")] HttpRequest request, string cardId) =>
        find.TransactionsAsync(request.Customer(), cardId, request.HttpContext.RequestAborted).Respond(all => TypedResults.Ok(CardTransactionsResponse.From(all)));
}

public sealed record CardTransactionsResponse(IReadOnlyList<CardTransactionResponse> Pending, IReadOnlyList<CardTransactionResponse> Completed)
{
    public static CardTransactionsResponse From(IReadOnlyList<SeenTransaction> all)
    {
        var shown = all.Select(CardTransactionResponse.From).ToLookup(one => one.State);
        return new CardTransactionsResponse([.. shown[CardTransactionState.Pending]], [.. shown[CardTransactionState.Completed]]);
    }
}

public sealed record CardTransactionResponse(
    [property: Example("txn-0001")] string TransactionId,
    CardTransactionType Type,
    CardTransactionState State,
    Money Amount,
    [property: Description("The merchant."), Example("Neptun")] string Description,
    Instant OperationDate,
    bool IsSplittable,
    [property: Description("Of the instalments it was split into; null for none.")] Guid? PlanId)
{
    public static CardTransactionResponse From(SeenTransaction seen) => new(
        seen.It.Id, seen.It.Type, seen.It.IsCompleted ? CardTransactionState.Completed : CardTransactionState.Pending, seen.It.Amount, seen.It.Merchant, seen.It.At, seen.IsSplittable,
        seen.It.Plan);
}

public enum CardTransactionState
{
    /// <summary>Not yet drawn by the merchant.</summary>
    Pending,

    Completed,
}

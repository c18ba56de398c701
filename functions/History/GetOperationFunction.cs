using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.History;
using Serverless.Functions.Http;

namespace Serverless.Functions.History;

public sealed class GetOperationFunction(FindOperation find)
{
    [Function("History_GetOperation")]
    [Access(Right.Info)]
    [Summary("Shows one operation with all its details.",
        Details = "The id of an operation that was pending stays good: once it is booked, it shows what is booked.")]
    [Answers<OperationDetailsResponse>]
    [Refuses<OperationNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operations/{operation}")] HttpRequest request, string operation) =>
        find.RunAsync(request.Customer(), operation, request.HttpContext.RequestAborted)
            .Respond(details => TypedResults.Ok(OperationDetailsResponse.From(details)));
}

public sealed record OperationDetailsResponse(
    OperationResponse Operation,
    [property: Description("The operation's number, as it stands on the receipt; null until it is booked.")] string? Number,
    string AccountIban,
    [property: Description("What the bank took for it, in a line of its own; null when it took nothing from this account.")] AmountDto? Fee,
    OperationLinks Links)
{
    public static OperationDetailsResponse From(OperationDetails details) => new(
        OperationResponse.From(details.Operation),
        details.HasReceipt ? details.Operation.Transaction.ToString() : null,
        details.AccountIban,
        AmountDto.FromOptional(details.Fee),
        new OperationLinks(
            details.HasReceipt ? $"/api/v1/operations/{details.Operation.Id.Value}/receipt" : null,
            details.Chat is { } transfer ? $"/api/v1/transfers/{transfer}/messages" : null,
            details.CounterpartyPhoto));
}

public sealed record OperationLinks(
    [property: Description("Where the receipt is had; null for what is not booked.")] string? Receipt,
    [property: Description("The messages that payer and payee write each other; for transfers inside the bank.")] string? Messages,
    [property: Description("The counterparty's photo, when he lets others see it.")] string? CounterpartyPhoto);

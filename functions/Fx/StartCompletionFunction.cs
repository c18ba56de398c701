using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class StartCompletionFunction(FindRateRequests find)
{
    [Function("Fx_StartCompletion")]
    [Access(Right.Info)]
    [Priority(Priority.Order)]
    [Summary("The details of a confirmed request that the customer is about to complete.", Details = "The amount may be changed within the limits, the accounts may not.")]
    [Answers<CompletionResponse>]
    [Refuses<RateRequestNotFound>, Refuses<RateExpired>, Refuses<RateRequestNotConfirmed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rate-requests/{requestId:guid}/completion")] HttpRequest request, Guid requestId) =>
        find.StartCompletionAsync(request.Customer(), requestId, request.HttpContext.RequestAborted)
            .Respond(started => TypedResults.Ok(CompletionResponse.From(started.Request, started.Lowest, started.Highest)));
}

public sealed record CompletionResponse(
    FxOperation Kind,
    Guid FromAccountId,
    Guid ToAccountId,
    Money Amount,
    [property: Description("The least that may be exchanged.")] Money Lowest,
    [property: Description("The most that may be exchanged.")] Money Highest,
    [property: Example("98.40")] string ConfirmedRate,
    Instant ValidUntil)
{
    public static CompletionResponse From(RateRequest it, Money lowest, Money highest) => new(
        it.Operation, it.From.Value, it.To.Value, it.Amount, lowest, highest, RateText.Of(it.Rate!.Value), it.ValidUntil!.Value);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Cancellations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Cancellations;

public sealed class GetCancellationFunction(FindCancellation find)
{
    [Function("Cancellations_Get")]
    [Access(Right.Info)]
    [Summary("The request to cancel a payment, with every state it has been in.")]
    [Answers<CancellationResponse>]
    [Refuses<CancellationNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/payments/{number:guid}/cancellation")] HttpRequest request, Guid number) =>
        find.RunAsync(request.Customer(), number, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(CancellationResponse.From(found)));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class GetMoneyRequestFunction(FindMoneyRequest find)
{
    [Function("MoneyRequests_Get")]
    [Access(Right.Info)]
    [Summary("One money request that the customer sent or received.")]
    [Answers<MoneyRequestResponse>]
    [Refuses<MoneyRequestNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/money-requests/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new MoneyRequestId(id), request.HttpContext.RequestAborted)
            .Respond(seen => TypedResults.Ok(MoneyRequestResponse.From(seen)));
}

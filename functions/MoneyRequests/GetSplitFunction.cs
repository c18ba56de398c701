using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class GetSplitFunction(FindSplit find)
{
    [Function("MoneyRequests_GetSplit")]
    [Access(Right.Info)]
    [Summary("One split of the customer, with what has become of its requests.")]
    [Answers<SplitResponse>]
    [Refuses<SplitNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/money-requests/splits/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new SplitId(id), request.HttpContext.RequestAborted).Respond(seen => TypedResults.Ok(SplitResponse.From(seen)));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ListAuthorisationsFunction(ListAuthorisations list)
{
    [Function("Bills_ListAuthorisations")]
    [Access(Right.Info)]
    [Summary("All authorisations of the customer, active and cancelled, newest first.")]
    [Query<AuthorisationFilter>]
    [Answers<AuthorisationsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/authorisations")] HttpRequest request)
    {
        var all = await list.RunAsync(request.Customer(), request.Query<AuthorisationFilter>().State, request.HttpContext.RequestAborted);
        return TypedResults.Ok(new AuthorisationsResponse([.. all.Select(AuthorisationResponse.From)]));
    }
}

public sealed record AuthorisationFilter(AuthorisationState? State = null);

public sealed record AuthorisationsResponse(IReadOnlyList<AuthorisationResponse> Items);

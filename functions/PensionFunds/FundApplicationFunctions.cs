using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class ListFundApplicationsFunction(FindFunds find)
{
    [Function("PensionFunds_ListApplications")]
    [Access(Right.Info)]
    [Summary("The caller's applications for pension funds in whatever status, newest first.")]
    [Answers<FundApplicationsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-funds/applications")] HttpRequest request) => TypedResults.Ok(
        new FundApplicationsResponse([.. (await find.ListApplicationsAsync(request.Customer(), request.HttpContext.RequestAborted)).Select(FundApplicationResponse.From)]));
}

public sealed class GetFundApplicationFunction(FindFunds find)
{
    [Function("PensionFunds_GetApplication")]
    [Access(Right.Info)]
    [Summary("One application: what was entered, what has happened, what is awaited, until when.")]
    [Answers<FundApplicationResponse>]
    [Refuses<PrivateFundNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-funds/applications/{fundId:guid}")] HttpRequest request, Guid fundId) =>
        find.ApplicationAsync(request.Customer(), fundId, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(FundApplicationResponse.From(found)));
}

public sealed record FundApplicationsResponse(IReadOnlyList<FundApplicationResponse> Items);

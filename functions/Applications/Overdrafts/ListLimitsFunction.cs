using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ListLimitsFunction(FindOverdraftOffer offers)
{
    [Function("Overdrafts_ListLimits")]
    [Access(Right.Info)]
    [Summary("The limits that the caller can choose among, and the most there is online.")]
    [Answers<LimitsResponse>]
    [Refuses<NotAnIndividual>, Refuses<NoSalaryAtBank>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/overdrafts/limits")] HttpRequest request) =>
        offers.RequireAsync(request.Customer(), request.HttpContext.RequestAborted).Respond(offer => TypedResults.Ok(new LimitsResponse(
            offer.Salary!.Account.Id.Value, offer.Salary.Net, offer.Suggested, offer.Suggested is [.., var highest] ? highest : null)));
}

public sealed record LimitsResponse(
    Guid AccountId,
    [property: Description("A month's, as it arrived in the last three months.")] Money NetSalary,
    IReadOnlyList<Money> Suggested,
    [property: Description("Null when the salary is too small for any.")] Money? Highest);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Insurance;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

public sealed class GetPolicyFunction(FindPolicy find, InsuranceLists lists, BankCalendar calendar)
{
    [Function("Insurance_GetPolicy")]
    [Access(Right.Info)]
    [Summary("One policy of the caller, as it stands.")]
    [Answers<PolicyResponse>]
    [Refuses<PolicyNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/insurance/policies/{policyId:guid}")] HttpRequest request, Guid policyId) =>
        find.RunAsync(request.Customer(), policyId, request.HttpContext.RequestAborted)
            .Respond(policy => TypedResults.Ok(PolicyResponse.From(policy, lists, calendar)));
}

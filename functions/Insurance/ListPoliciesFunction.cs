using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Insurance;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

public sealed class ListPoliciesFunction(ListPolicies list, InsuranceLists lists, BankCalendar calendar)
{
    [Function("Insurance_ListPolicies")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The customer's policies, newest first; also those under way and those that came to nothing.")]
    [Answers<PageResponse<PolicyResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/insurance/policies")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, policy => PolicyResponse.From(policy, lists, calendar));
}

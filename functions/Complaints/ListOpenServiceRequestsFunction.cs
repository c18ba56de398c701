using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Complaints;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public sealed class ListOpenServiceRequestsFunction(ListOpenServiceRequests list)
{
    [Function("Complaints_ListOpen")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Paged]
    [Summary("The complaints and suggestions that are not closed, the one to be answered first first.",
        Details = "A page may have fewer items than asked for and still a next one.")]
    [Answers<PageResponse<StaffServiceRequestResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/service-requests")] HttpRequest request) =>
        list.RunAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, StaffServiceRequestResponse.From);
}

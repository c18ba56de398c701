using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Complaints;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public sealed class AssignServiceRequestFunction(AssignServiceRequest assign)
{
    [Function("Complaints_Assign")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Gives a complaint or a suggestion to a member of staff.")]
    [Body<AssignServiceRequestRequest>]
    [Answers<StaffServiceRequestResponse>]
    [Refuses<ServiceRequestNotFound>, Refuses<ServiceRequestClosed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/service-requests/{number:length(12)}/assignee")] HttpRequest request,
        string customerNumber, string number) =>
        request.ReadBody<AssignServiceRequestRequest>()
            .Then(async body => CustomerId.Find(customerNumber) is { } customer
                ? await assign.RunAsync(customer, number, body.Officer, request.StaffActor(), request.HttpContext.RequestAborted)
                : (Result<ServiceRequest>)new ServiceRequestNotFound())
            .Respond(assigned => TypedResults.Ok(StaffServiceRequestResponse.From(assigned)));
}

public sealed record AssignServiceRequestRequest([property: MaxLength(64), Example("officer-1")] string Officer);

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Complaints;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public sealed class AnswerServiceRequestFunction(AnswerServiceRequest answer)
{
    [Function("Complaints_Answer")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Idempotent]
    [Summary("Answers a complaint or a suggestion; the customer gets a push.")]
    [Body<AnswerServiceRequestRequest>]
    [Answers<StaffServiceRequestResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<ServiceRequestNotFound>, Refuses<ServiceRequestClosed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/service-requests/{number:length(12)}/answers")] HttpRequest request,
        string customerNumber, string number) =>
        request.ReadBody<AnswerServiceRequestRequest>()
            .Then(async body => CustomerId.Find(customerNumber) is { } customer
                ? await answer.RunAsync(
                    new ServiceRequestAnswer(customer, number, request.IdempotencyKey(), request.BodyHash(), body.Text, (ServiceRequestState)body.NewStatus),
                    request.StaffActor(), request.HttpContext.RequestAborted)
                : (Result<ServiceRequest>)new ServiceRequestNotFound())
            .Respond(answered => TypedResults.Created($"/api/backoffice/v1/service-requests", StaffServiceRequestResponse.From(answered)));
}

public sealed record AnswerServiceRequestRequest([property: MaxLength(ServiceRequest.DetailsAtMost), Multiline] string Text, AnsweredStatus NewStatus);

/// <summary>What an answer leaves a request in; the names and numbers of <see cref="ServiceRequestState"/>.</summary>
public enum AnsweredStatus
{
    InProgress = ServiceRequestState.InProgress,
    Answered = ServiceRequestState.Answered,
    Closed = ServiceRequestState.Closed,
}

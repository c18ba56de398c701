using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Cancellations;
using Serverless.Banking.Turnovers;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;
using Serverless.Workflows.Cancellations;

namespace Serverless.Functions.Cancellations;

public sealed class RefuseCancellationFunction(RefuseCancellation refuse, StartCancellation workflow)
{
    [Function("Cancellations_Refuse")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Summary("Refuses a request to cancel a payment; the customer is told and reads the reason.", Details = "The same refusal again changes nothing.")]
    [Body<CancellationRefusalBody>]
    [Answers<StaffCancellationResponse>]
    [Refuses<CancellationNotFound>, Refuses<CancellationDecided>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/cancellations/{number:guid}/refusal")] HttpRequest request,
        string customerNumber, Guid number, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<CancellationRefusalBody>()
            .Then(async body => CustomerId.Find(customerNumber) is { } customer
                ? await refuse.RunAsync(customer, number, body.Reason, request.StaffActor(), request.HttpContext.RequestAborted)
                : (Result<Cancellation>)new CancellationNotFound())
            .Then(refused => workflow.WakeAsync(client, refused))
            .Respond(refused => TypedResults.Ok(StaffCancellationResponse.From(refused)));
}

public sealed record CancellationRefusalBody([property: MaxLength(Cancellation.ReasonAtMost), Example("Pagesa u krye me pelqim")] string Reason);

public sealed class ProposeCancellationFunction(ProposeChange propose)
{
    [Function("Cancellations_ProposeApproval")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Idempotent]
    [Summary("Proposes that a payment be cancelled as its customer asks.",
        Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). Then: what has not left is stopped and its hold lifted; what "
            + "another bank or a partner has is recalled; what is on another account of the bank comes back when its holder agrees.")]
    [Body<CancellationRefusalBody>]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<CancellationNotFound>, Refuses<CancellationDecided>, Refuses<OrderedPaymentNotFound>, Refuses<PaymentNotCancellable>]
    [Refuses<PaymentUnderWay>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/cancellations/{number:guid}/approvals")] HttpRequest request,
        string customerNumber, Guid number) =>
        request.ReadBody<CancellationRefusalBody>()
            .Then(async body => CustomerId.Find(customerNumber) is { } customer
                ? await propose.RunAsync(
                    CancellationChanges.Approve(request.IdempotencyKey().Value, customer, number, body.Reason), request.StaffActor(), request.HttpContext.RequestAborted)
                : (Result<Change>)new CancellationNotFound())
            .Respond(ChangeResponse.Created);
}

public sealed class ProposeRecallAnswerFunction(ProposeChange propose)
{
    [Function("Cancellations_ProposeRecallAnswer")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Idempotent]
    [Summary("Proposes what a partner who has no message for it, a company or a pension manager, has answered to a recall.",
        Details = "Another member of staff decides. Accepted: the customer is credited by a correcting entry.")]
    [Body<RecallAnswerBody>]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<CancellationNotFound>, Refuses<NoRecallUnderWay>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/cancellations/{number:guid}/recall-answers")] HttpRequest request,
        string customerNumber, Guid number) =>
        request.ReadBody<RecallAnswerBody>()
            .Then(async body => CustomerId.Find(customerNumber) is { } customer
                ? await propose.RunAsync(
                    CancellationChanges.PartnerAnswer(request.IdempotencyKey().Value, customer, number, body.IsAccepted, body.Reason), request.StaffActor(),
                    request.HttpContext.RequestAborted)
                : (Result<Change>)new CancellationNotFound())
            .Respond(ChangeResponse.Created);
}

public sealed record RecallAnswerBody(bool IsAccepted, [property: MaxLength(Cancellation.ReasonAtMost), Example("Konfirmuar me telefon")] string Reason);

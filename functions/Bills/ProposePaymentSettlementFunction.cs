using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Bills;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ProposePaymentSettlementFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposePaymentSettlement")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Proposes how an unresolved bill payment ended, as the company says.",
        Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). `paid`: the company has booked it. `refused`: it has not and will not; the customer is credited again.")]
    [Body<PaymentSettlementRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<PaymentNotFound>, Refuses<PaymentNotUnresolved>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/bills/payments/{paymentId:guid}/settlements")] HttpRequest request, Guid paymentId) =>
        request.ReadBody<PaymentSettlementRequest>()
            .Then(body => propose.RunAsync(body.ToProposal(request.IdempotencyKey().Value, new PaymentId(paymentId)), request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record PaymentSettlementRequest(
    PaymentOutcome Outcome,
    [property: MaxLength(500), Example("Konfirmuar me telefon")] string Reason,
    [property: MaxLength(100), Description("The company's own number of a payment that it has booked.")] string? CompanyReference = null)
{
    internal ChangeProposal ToProposal(string key, PaymentId payment) => Outcome == PaymentOutcome.Paid
        ? UnresolvedSettlement.Paid(key, payment, CompanyReference, Reason)
        : UnresolvedSettlement.Refused(key, payment, Reason);
}

public enum PaymentOutcome
{
    Paid,
    Refused,
}

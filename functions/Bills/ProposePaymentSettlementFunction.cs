using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Bills;
using Serverless.Banking.Customers;
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
    [Refuses<CustomerNumberMalformed>, Refuses<IdempotencyKeyReused>, Refuses<PaymentNotFound>, Refuses<PaymentNotUnresolved>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/bill-payments/{paymentId:guid}/settlements")] HttpRequest request,
        string customerNumber,
        Guid paymentId) =>
        request.ReadBody<PaymentSettlementRequest>()
            .Then(body => body.ToProposal(request.IdempotencyKey().Value, customerNumber, new PaymentId(paymentId)))
            .Then(proposal => propose.RunAsync(proposal, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record PaymentSettlementRequest(
    PaymentOutcome Outcome,
    [property: MaxLength(500), Example("Konfirmuar me telefon")] string Reason,
    [property: MaxLength(100), Description("The company's own number of a payment that it has booked.")] string? CompanyReference = null)
{
    /// <returns>Or <see cref="CustomerNumberMalformed"/>.</returns>
    internal Result<ChangeProposal> ToProposal(string key, string customerNumber, PaymentId payment)
    {
        if (CustomerId.Find(customerNumber) is not { } customer)
            return new CustomerNumberMalformed("customerNumber");
        return Outcome == PaymentOutcome.Paid
            ? UnresolvedSettlement.Paid(key, customer, payment, CompanyReference, Reason)
            : UnresolvedSettlement.Refused(key, customer, payment, Reason);
    }
}

public enum PaymentOutcome
{
    Paid,
    Refused,
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Customers;
using Serverless.Banking.Transfers;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ProposeTransferLimitsFunction(ProposeChange propose)
{
    [Function("BackOffice_ProposeTransferLimits")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.Ledger])]
    [Summary("Proposes transfer limits of a customer's own, instead of the bank's.",
        Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). Numbers left out are the bank's.")]
    [Body<TransferLimitsRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<CustomerNumberMalformed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/transfer-limits")] HttpRequest request,
        string customerNumber) =>
        request.ReadBody<TransferLimitsRequest>()
            .Then(body => body.ToProposal(request.IdempotencyKey().Value, customerNumber))
            .Then(proposal => propose.RunAsync(proposal, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record TransferLimitsRequest(
    [property: Pattern("(own|inside|phone|pension|national|international|request_payment|qr|default)(-(trusted|untrusted|mobile|web))?"), Example("inside"),
        Description("A kind of transfer, perhaps by device or channel; default for all.")] string Scope,
    [property: MaxLength(500), Example("Kërkesë e klientit")] string Reason,
    [property: Range(1, 1_000_000_000_000), Description("Whole ALL.")] long? PerTransfer = null,
    [property: Range(1, 1_000_000_000_000), Description("Whole ALL, by the local day.")] long? PerDay = null,
    [property: Range(1, 1_000_000_000_000), Description("Whole ALL, by the calendar month.")] long? PerMonth = null,
    [property: Range(1, 100_000), Description("Transfers in any hour.")] int? PerHour = null)
{
    /// <returns>Or <see cref="CustomerNumberMalformed"/>.</returns>
    public Result<ChangeProposal> ToProposal(string key, string customerNumber) => CustomerId.Find(customerNumber) is { } customer
        ? CustomerLimits.Propose(
            key, customer, Scope, new LimitRule { PerTransfer = PerTransfer, PerDay = PerDay, PerMonth = PerMonth, PerHour = PerHour }, Reason)
        : new CustomerNumberMalformed("customerNumber");
}

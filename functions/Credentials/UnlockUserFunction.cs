using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

public sealed class UnlockUserFunction(UnlockUser unlock)
{
    [Function("Credentials_UnlockUser")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Proposes to lift every lock of a customer's sign-in and registration.", Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). The password stays as it is, and nobody sees it.")]
    [Body<UnlockRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<CustomerNumberMalformed>, Refuses<IdempotencyKeyReused>, Refuses<UserNotLocked>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/unlock")] HttpRequest request, string customerNumber) =>
        request.ReadBody<UnlockRequest>()
            .Then(body => CustomerId.Find(customerNumber) is { } customer
                ? unlock.RunAsync(request.IdempotencyKey().Value, customer, body.IdentifiedBy, body.Reason, request.StaffActor(), request.HttpContext.RequestAborted)
                : Task.FromResult<Result<Banking.Approvals.Change>>(new CustomerNumberMalformed("customerNumber")))
            .Respond(ChangeResponse.Created);
}

public sealed record UnlockRequest(
    [property: MaxLength(100), Description("How the officer made sure who asks."), Example("letërnjoftim në degë")] string IdentifiedBy,
    [property: MaxLength(500), Description("Why."), Example("Klienti harroi fjalëkalimin")] string Reason);

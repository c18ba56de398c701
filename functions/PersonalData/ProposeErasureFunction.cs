using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Customers;
using Serverless.Banking.PersonalData;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.PersonalData;

public sealed class ProposeErasureFunction(ProposeChange propose)
{
    [Function("PersonalData_ProposeErasure")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("Proposes to erase what is held about a former customer.", Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). Erased is what was needed to serve the customer; books, payments, contracts and complaints stay as long as the law wants them.")]
    [Body<ErasureRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<CustomerNumberMalformed>, Refuses<IdempotencyKeyReused>, Refuses<RelationshipNotEnded>, Refuses<NothingHeld>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/customers/{customerNumber}/erasures")] HttpRequest request, string customerNumber) =>
        request.ReadBody<ErasureRequest>()
            .Then(body => ExportPersonalDataFunction.Customer(customerNumber).Then(customer => propose.RunAsync(
                PersonalDataChanges.Erasure(request.IdempotencyKey().Value, customer, body.Reason), request.StaffActor(), request.HttpContext.RequestAborted)))
            .Respond(ChangeResponse.Created);
}

public sealed record ErasureRequest([property: Description("The customer's request."), MaxLength(500), Example("Kërkesë me shkrim e datës 2026-11-02")] string Reason);

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Interbank;

public sealed class CloseInterbankExceptionFunction(CloseInterbankException close)
{
    [Function("BackOffice_CloseInterbankException")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Takes an exception from the list, because what there was to do about it is done.", Details = "What is reported again comes back to the list.")]
    [Body<CloseInterbankExceptionRequest>]
    [Answers(204)]
    [Refuses<InterbankExceptionDone>, Refuses<InterbankExceptionNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/interbank/exceptions/{id:guid}/done")] HttpRequest request, Guid id) =>
        request.ReadBody<CloseInterbankExceptionRequest>()
            .Then(body => close.RunAsync(id, request.StaffActor(), body.Reason, request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.NoContent());
}

public sealed record CloseInterbankExceptionRequest([property: Description("What was done."), MaxLength(500), Example("Banka u kontaktua")] string Reason);

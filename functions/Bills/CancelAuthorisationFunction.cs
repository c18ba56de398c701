using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class CancelAuthorisationFunction(CancelAuthorisation cancel)
{
    [Function("Bills_CancelAuthorisation")]
    [Access(Right.Payment)]
    [Summary("Closes an authorisation: nothing is paid or reminded by it any more.", Details = "Cancelling again changes nothing.")]
    [Answers<AuthorisationResponse>]
    [Refuses<AuthorisationNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/authorisations/{id:guid}/cancellation")] HttpRequest request, Guid id) =>
        cancel.RunAsync(request.Customer(), new AuthorisationId(id), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.Ok(AuthorisationResponse.From(it)));
}

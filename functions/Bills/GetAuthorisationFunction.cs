using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class GetAuthorisationFunction(FindAuthorisation find)
{
    [Function("Bills_GetAuthorisation")]
    [Access(Right.Info)]
    [Summary("The details of one authorisation.")]
    [Answers<AuthorisationResponse>]
    [Refuses<AuthorisationNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/authorisations/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new AuthorisationId(id), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.Ok(AuthorisationResponse.From(it)));
}

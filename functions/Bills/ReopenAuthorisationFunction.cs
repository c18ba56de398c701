using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ReopenAuthorisationFunction(ReopenAuthorisation reopen, FindAuthorisation find)
{
    [Function("Bills_ReopenAuthorisation")]
    [Access(Right.Payment)]
    [Confirmed(AuthorisationChange.Operation)]
    [Summary("Makes a cancelled authorisation active again, under the same number.",
        Details = "The body replaces what no longer holds, such as an end date in the past; `{}` keeps everything.")]
    [Body<AuthorisationChange>]
    [Answers<AuthorisationResponse>]
    [Refuses<AuthorisationNotFound>, Refuses<PaymentDayRequired>, Refuses<MaximumCurrency>, Refuses<EndDateNotInFuture>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AuthorisationExists>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/authorisations/{id:guid}/reopening")] HttpRequest request, Guid id) =>
        request.ReadBody<AuthorisationChange>()
            .Then(body => find.RunAsync(request.Customer(), new AuthorisationId(id), request.HttpContext.RequestAborted)
                .Confirm(request, body.FactsOf).Then(_ => body))
            .Then(body => reopen.RunAsync(request.Customer(), new AuthorisationId(id), body.Apply, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(AuthorisationResponse.From(it)));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class GetTrialBalanceFunction(ProveBooksInSteps prove)
{
    [Function("BackOffice_GetTrialBalance")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("How far a trial balance is, and its result when it is done.")]
    [Answers<TrialBalanceRunResponse>(200)]
    [Refuses<TrialBalanceNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/ledger/trial-balances/{runId:guid}")] HttpRequest request, Guid runId) =>
        prove.FindAsync(runId, request.HttpContext.RequestAborted).Respond(run => TypedResults.Ok(TrialBalanceRunResponse.From(run)));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class StartTrialBalanceFunction(ProveBooksInSteps prove)
{
    [Function("BackOffice_StartTrialBalance")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Starts a trial balance that is read in steps.", Details = "For books too large for one call. Nothing is read yet: send `POST .../steps` until `isDone`.")]
    [Idempotent]
    [Answers<TrialBalanceRunResponse>(201)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/ledger/trial-balances")] HttpRequest request)
    {
        var run = await prove.StartAsync($"{request.Staff().Id}|{request.IdempotencyKey().Value}", request.HttpContext.RequestAborted);
        return TypedResults.Created($"/api/backoffice/v1/ledger/trial-balances/{run.Id}", TrialBalanceRunResponse.From(run));
    }
}

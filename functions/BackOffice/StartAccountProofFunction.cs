using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class StartAccountProofFunction(ProveBooksInSteps prove)
{
    [Function("BackOffice_StartAccountProof")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Starts the proof of one account that is read in steps.",
        Details = "For an account too large for one call. It goes on like a trial balance: `POST /api/backoffice/v1/ledger/trial-balances/{runId}/steps` until `isDone`; its result sums nothing.")]
    [Idempotent]
    [Answers<TrialBalanceRunResponse>(201)]
    [Refuses<AccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/ledger/accounts/{accountId:guid}/proofs")] HttpRequest request, Guid accountId) =>
        prove.StartAsync($"{request.Staff().Id}|{request.IdempotencyKey().Value}", new AccountId(accountId), request.HttpContext.RequestAborted)
            .Respond(run => TypedResults.Created($"/api/backoffice/v1/ledger/trial-balances/{run.Id}", TrialBalanceRunResponse.From(run)));
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class ContinueTrialBalanceFunction(ProveBooksInSteps prove)
{
    [Function("BackOffice_ContinueTrialBalance")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Reads on in a trial balance, from where the last step ended.", Details = "A step whose answer was lost, or whose process was killed, does no harm: ask for the next one.")]
    [Body<TrialBalanceStepRequest>]
    [Answers<TrialBalanceRunResponse>(200)]
    [Refuses<TrialBalanceNotFound>, Refuses<TrialBalanceBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/ledger/trial-balances/{runId:guid}/steps")] HttpRequest request, Guid runId) =>
        request.ReadBody<TrialBalanceStepRequest>()
            .Then(body => prove.ContinueAsync(runId, body.Rows, request.HttpContext.RequestAborted))
            .Respond(run => TypedResults.Ok(TrialBalanceRunResponse.From(run)));
}

public sealed record TrialBalanceStepRequest(
    [Description("About how many rows to read; a page of storage at least."), Range(1, ProveBooksInSteps.RowsAtMost)] int Rows = 50_000);

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Ledger;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.BackOffice;

public sealed class DecideChangeFunction(DecideChange decide)
{
    [Function("BackOffice_DecideChange")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Approves or rejects a change that somebody else proposed.", Details = "An approved change is carried out at once: look at `state` for what came of it. Sending the same decision again answers the same.")]
    [Body<DecisionRequest>]
    [Answers<ChangeResponse>(200)]
    [Refuses<ChangeNotFound>, Refuses<ChangeOfAnotherDesk>, Refuses<FourEyesRequired>, Refuses<ChangeAlreadyDecided>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/changes/{changeId:guid}/decision")] HttpRequest request, Guid changeId) =>
        request.ReadBody<DecisionRequest>()
            .Then(body => decide.RunAsync(new ChangeId(changeId), body.Decision, body.Reason, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(change => TypedResults.Ok(ChangeResponse.From(change)));
}

public sealed record DecisionRequest(ChangeDecision Decision, [MaxLength(500)] string? Reason = null);

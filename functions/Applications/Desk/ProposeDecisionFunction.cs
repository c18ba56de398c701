using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ProposeDecisionFunction(ProposeDecision propose)
{
    [Function("Applications_ProposeDecision")]
    [Access(Right.Staff, Roles = [Role.Cards])]
    [Idempotent]
    [Summary("Proposes what becomes of an application; a second member of the desk decides.")]
    [Body<DecisionProposalBody>]
    [Answers<ChangeResponse>(201)]
    [Refuses<ApplicationNotFound>, Refuses<IdempotencyKeyReused>, Refuses<ApplicationDecided>, Refuses<DecidedLimitWrong>, Refuses<DecisionProposed>, Refuses<ApplicationBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/applications/{applicationId:guid}/decision-proposals")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<DecisionProposalBody>()
            .Then(body => body.Read(request.IdempotencyKey(), applicationId))
            .Then(wish => propose.RunAsync(wish, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record DecisionProposalBody(
    [property: MaxLength(ApplicationDecision.ReasonAtMost), Description("Why, for the second person and the audit trail."), Example("Të ardhura të qëndrueshme")] string Reason,
    [property: Description("What is approved; null declines. Not above what was asked for.")] AmountDto? Limit = null)
{
    internal Result<DecisionProposal> Read(IdempotencyKey key, Guid application)
    {
        var input = new Input();
        var limit = Limit is null ? null : input.Money("/limit", Limit);
        return input.Result(() => new DecisionProposal(key.Value, application, limit, Reason.Trim()));
    }
}

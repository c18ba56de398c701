using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Approvals;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class DecideProposalFunction(DecideProposal decide, StartApplication workflow)
{
    [Function("Applications_DecideProposal")]
    [Access(Right.Staff, Roles = [Role.Cards])]
    [Summary("The second person's word on a proposed decision: it is carried out, or not.", Details = "Sending the same decision again answers the same. After a rejection another decision can be proposed.")]
    [Body<DecisionRequest>]
    [Answers<ChangeResponse>]
    [Refuses<ApplicationNotFound>, Refuses<ChangeNotFound>, Refuses<FourEyesRequired>, Refuses<ChangeAlreadyDecided>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/applications/{applicationId:guid}/decision-proposals/{changeId:guid}/decision")] HttpRequest request,
        Guid applicationId, Guid changeId, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<DecisionRequest>()
            .Then(body => decide.RunAsync(applicationId, changeId, body.Decision, body.Reason, request.StaffActor(), request.HttpContext.RequestAborted))
            .Then(async decided => (await workflow.WakeAsync(client, decided.Application)).Then(_ => decided.Proposal))
            .Respond(change => TypedResults.Ok(ChangeResponse.From(change)));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Approvals;
using Serverless.Banking.Ledger;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

public sealed class DecideReviewFunction(DecideReview decide, StartOnboarding workflow)
{
    [Function("Onboarding_DecideReview")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("The second person's word on what the first one proposed; an approved decision is carried out at once.")]
    [Body<DecisionRequest>]
    [Answers<ChangeResponse>]
    [Refuses<ChangeNotFound>, Refuses<FourEyesRequired>, Refuses<ChangeAlreadyDecided>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/onboarding/applications/{applicationId:guid}/decisions/{changeId:guid}")] HttpRequest request,
        Guid applicationId, Guid changeId, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<DecisionRequest>()
            .Then(body => decide.RunAsync(applicationId, changeId, body.Decision, body.Reason, request.StaffActor(), request.HttpContext.RequestAborted))
            .Then(change => workflow.WakeAsync(client, applicationId, change))
            .Respond(change => TypedResults.Ok(ChangeResponse.From(change)));
}

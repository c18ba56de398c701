using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class WithdrawApplicationFunction(WithdrawApplication withdraw, StartApplication workflow)
{
    [Function("Applications_Withdraw")]
    [Access(Right.Payment)]
    [NotConfirmed("It takes a wish back; nothing is paid.")]
    [Summary("Takes an application back; doing it twice gives the same answer.", Details = "A card's until its contract is signed, an overdraft's until it is approved.")]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<ApplicationFinal>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/applications/{applicationId:guid}/withdrawal")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        withdraw.RunAsync(request.Customer(), applicationId, request.HttpContext.RequestAborted)
            .Then(withdrawn => workflow.WakeAsync(client, withdrawn))
            .Respond(withdrawn => TypedResults.Ok(ApplicationResponse.From(withdrawn)));
}

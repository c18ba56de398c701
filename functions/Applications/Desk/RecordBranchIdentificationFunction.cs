using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class RecordBranchIdentificationFunction(RecordBranchIdentification record, StartApplication workflow)
{
    [Function("Applications_RecordBranchIdentification")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Records that an applicant was identified at a branch, after the camera has failed three times.")]
    [Answers<DeskApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<IdentifiedAlready>, Refuses<StepNotPossible>, Refuses<BranchNotNeeded>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/applications/{applicationId:guid}/branch-identification")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        record.RunAsync(applicationId, request.StaffActor(), request.HttpContext.RequestAborted)
            .Then(identified => workflow.WakeAsync(client, identified))
            .Respond(identified => TypedResults.Ok(DeskApplicationResponse.From(identified)));
}

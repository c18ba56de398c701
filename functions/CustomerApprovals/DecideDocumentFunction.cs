using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.CustomerApprovals;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.CustomerApprovals;

public sealed class DecideDocumentFunction(DecideApproval decide, SettleApproval settle)
{
    [Function("CustomerApprovals_DecideDocument")]
    [Access(Right.Payment)]
    [NotConfirmed("It answers the version of a document that was seen; the process that asked moves money by orders of its own.")]
    [Summary("Approves or rejects a document, and lets its process go on.", Details = "The same decision again answers the same.")]
    [Body<DocumentDecisionRequest>]
    [Answers<ApprovalResponse>]
    [Refuses<ApprovalNotFound>, Refuses<AlreadyDecided>, Refuses<ApprovalExpired>, Refuses<DocumentChanged>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/approvals/{approvalId:guid}/document-decision")] HttpRequest request, Guid approvalId) =>
        request.ReadBody<DocumentDecisionRequest>()
            .Then(body => decide.RunAsync(
                new ApprovalVerdict(request.Customer(), new ApprovalId(approvalId), body.Decision, body.VersionSeen, request.CustomerCaller().Installation.Value),
                request.CustomerActor(), request.HttpContext.RequestAborted))
            .Then(SettleAsync)
            .Respond(approval => TypedResults.Ok(ApprovalResponse.From(approval)));

    /// <summary>At once, so that the process need not wait for the timer; what fails is left to it.</summary>
    private async Task<Result<Approval>> SettleAsync(Approval approval)
    {
        await settle.RunAsync(approval.Customer, approval.Id, CancellationToken.None);
        return approval;
    }
}

public sealed record DocumentDecisionRequest(
    ApprovalDecision Decision, [property: Description("The version that the customer has read."), Range(1, int.MaxValue)] int VersionSeen);

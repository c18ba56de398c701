using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.CustomerApprovals;

public sealed class GetApprovalFunction(ListApprovals list, DownloadLinks links)
{
    [Function("CustomerApprovals_Get")]
    [Access(Right.Info)]
    [Summary("One approval with all its details, and its document.")]
    [Answers<ApprovalResponse>]
    [Refuses<ApprovalNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/approvals/{approvalId:guid}")] HttpRequest request, Guid approvalId) =>
        list.FindAsync(request.Customer(), new ApprovalId(approvalId), request.HttpContext.RequestAborted)
            .Respond(approval => TypedResults.Ok(ApprovalResponse.WithLink(approval, links, AcceptLanguage.Of(request))));
}

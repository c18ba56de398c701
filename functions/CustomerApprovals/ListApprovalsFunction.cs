using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.CustomerApprovals;
using Serverless.Functions.Http;

namespace Serverless.Functions.CustomerApprovals;

public sealed class ListApprovalsFunction(ListApprovals list)
{
    [Function("CustomerApprovals_List")]
    [Access(Right.Info)]
    [Paged]
    [Summary("Documents and card purchases that the customer has approved or may approve, newest first.")]
    [Query<ApprovalFilter>]
    [Answers<PageResponse<ApprovalResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/approvals")] HttpRequest request)
    {
        var filter = request.Query<ApprovalFilter>();
        return list.RunAsync(request.Customer(), filter.Kind, filter.Status, request.Page(), request.HttpContext.RequestAborted).RespondPage(request, ApprovalResponse.From);
    }
}

public sealed record ApprovalFilter(ApprovalKind? Kind = null, ApprovalState? Status = null);

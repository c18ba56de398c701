using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.CustomerApprovals;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;
using Serverless.Workflows.PurchaseApprovals;

namespace Serverless.Functions.CustomerApprovals;

public sealed class DecidePurchaseFunction(ListApprovals list, DecideApproval decide, StartPurchaseApproval workflow)
{
    private const string Operation = "card_purchase";

    [Function("CustomerApprovals_DecidePurchase")]
    [Access(Right.Payment)]
    [Confirmed(Operation)]
    [Summary("Approves or rejects a card purchase before its deadline.", Details = "The same decision again answers the same. The card server is told at once.")]
    [Body<PurchaseDecisionRequest>]
    [Answers<ApprovalResponse>]
    [Refuses<ApprovalNotFound>, Refuses<AlreadyDecided>, Refuses<ApprovalExpired>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/approvals/{approvalId:guid}/purchase-decision")] HttpRequest request, Guid approvalId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<PurchaseDecisionRequest>()
            .Then(async body => (await FindAsync(request, approvalId)).Then<(PurchaseDecisionRequest Body, Approval Approval)>(approval => (body, approval)))
            .Confirm(request, asked => ConfirmationFacts.Of(
                Operation, asked.Approval.Purchase!.Amount, asked.Approval.Purchase.Merchant, asked.Approval.Purchase.Card, asked.Body.Decision.ToString()))
            .Then(asked => decide.RunAsync(
                new ApprovalVerdict(asked.Approval.Customer, asked.Approval.Id, asked.Body.Decision, null, request.CustomerCaller().Installation.Value),
                request.CustomerActor(), request.HttpContext.RequestAborted))
            .Then(approval => WakeAsync(client, approval))
            .Respond(approval => TypedResults.Ok(ApprovalResponse.From(approval)));

    private async Task<Result<Approval>> FindAsync(HttpRequest request, Guid id)
    {
        var found = await list.FindAsync(request.Customer(), new ApprovalId(id), request.HttpContext.RequestAborted);
        return found.IsSuccess && found.Value.Purchase is null ? new ApprovalNotFound() : found;
    }

    private async Task<Result<Approval>> WakeAsync(DurableTaskClient client, Approval approval)
    {
        await workflow.WakeAsync(client, approval, CancellationToken.None);
        return approval;
    }
}

public sealed record PurchaseDecisionRequest(ApprovalDecision Decision);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.PurchaseApprovals;

namespace Serverless.Functions.CustomerApprovals;

/// <summary>Where the card server asks about purchases and tells of cards made; see docs/partners.md.</summary>
public sealed class ReceiveCardServerWebhookFunction(HandleCardServerWebhook handle, StartPurchaseApproval workflow)
{
    [Function("Webhooks_ReceiveCardServer")]
    [Access(Right.Partner)]
    [Summary("Takes a webhook of the card server: a purchase to be approved, a card to be collected.",
        Details = "A purchase is answered with its state, the first time and every time after.")]
    [Header("webhook-id", "Names the message; the same again changes nothing.")]
    [Header("webhook-timestamp", "Unix seconds; five minutes' tolerance.")]
    [Header("webhook-signature", "One or more `v1,` and base64 HMAC-SHA256, separated by spaces.")]
    [Answers<CardServerAnswer>]
    [Answers(204)]
    [Refuses<WebhookNotTrusted>, Refuses<WebhookNotUnderstood>, Refuses<BodyTooLarge>, Refuses<CardUnknown>, Refuses<CardServerUnavailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/card-server")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadWebhookAsync()
            .Then(webhook => handle.RunAsync(webhook, request.HttpContext.RequestAborted))
            .Then(approval => StartAsync(client, approval))
            .Respond(approval => approval is null ? TypedResults.NoContent() : (IResult)TypedResults.Ok(CardServerAnswer.From(approval)));

    private async Task<Result<Approval?>> StartAsync(DurableTaskClient client, Approval? approval)
    {
        if (approval is not null)
            await workflow.RunAsync(client, approval, CancellationToken.None);
        return approval;
    }
}

public sealed record CardServerAnswer(string TransactionId, ApprovalState Status, bool AskByCode)
{
    public static CardServerAnswer From(Approval approval) => new(approval.Purchase!.TransactionId, approval.State, approval.Purchase.IsByCode);
}

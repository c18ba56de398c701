using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;
using Serverless.Workflows.PurchaseApprovals;

namespace Serverless.Functions.CustomerApprovals;

/// <summary>Where the card server asks about purchases and tells of cards made; see docs/partners.md.</summary>
public sealed class ReceiveCardServerWebhookFunction(HandleCardServerWebhook handle, StartPurchaseApproval workflow)
{
    private const int MostBytes = 64 * 1024;

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
        ReadAsync(request)
            .Then(body => handle.RunAsync(
                new CardServerWebhook(Header(request, "webhook-id"), Header(request, "webhook-timestamp"), Header(request, "webhook-signature"), body),
                request.HttpContext.RequestAborted))
            .Then(approval => StartAsync(client, approval))
            .Respond(approval => approval is null ? TypedResults.NoContent() : (IResult)TypedResults.Ok(CardServerAnswer.From(approval)));

    private static string Header(HttpRequest request, string name) => request.Headers[name].ToString();

    private async Task<Result<Approval?>> StartAsync(DurableTaskClient client, Approval? approval)
    {
        if (approval is not null)
            await workflow.RunAsync(client, approval, CancellationToken.None);
        return approval;
    }

    /// <summary>The bytes as they came: the signature is over them, so they are read before anybody parses them.</summary>
    private static async Task<Result<byte[]>> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
                return new BodyTooLarge(MostBytes);
        }

        return body.ToArray();
    }
}

public sealed record CardServerAnswer(string TransactionId, ApprovalState Status, bool AskByCode)
{
    public static CardServerAnswer From(Approval approval) => new(approval.Purchase!.TransactionId, approval.State, approval.Purchase.IsByCode);
}

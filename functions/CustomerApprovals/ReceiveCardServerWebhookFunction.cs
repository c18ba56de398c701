using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;
using Serverless.Functions.Webhooks;
using Serverless.Workflows.PurchaseApprovals;

namespace Serverless.Functions.CustomerApprovals;

/// <summary>Where the card server asks about purchases and tells of cards made; see docs/partners.md.</summary>
public sealed class ReceiveCardServerWebhookFunction(PartnerDoor door)
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
        door.RunAsync(HandleCardServerWebhook.Partner, request, client);
}

/// <summary>A purchase starts its workflow, and is answered with its state every time.</summary>
internal sealed class CardServerWebhook(HandleCardServerWebhook handle, StartPurchaseApproval workflow, IOptions<PartnersOptions> partners) : IWebhookHandler
{
    public IEnumerable<string> Partners => [HandleCardServerWebhook.Partner];

    public IReadOnlyList<string> SecretsOf(string partner) => partners.Value.CardServer.WebhookSecrets;

    public bool AnswersAgain(PartnerMessage message) => message.Type == HandleCardServerWebhook.Purchase;

    public async Task<Result<IResult>> HandleAsync(PartnerMessage message, DurableTaskClient client, CancellationToken cancellation)
    {
        var handled = await handle.RunAsync(message, cancellation);
        if (!handled.IsSuccess)
            return handled.Error;
        if (handled.Value is not { } approval)
            return TypedResults.NoContent();
        await workflow.RunAsync(client, approval, CancellationToken.None);
        return TypedResults.Ok(CardServerAnswer.From(approval));
    }
}

public sealed record CardServerAnswer(string TransactionId, ApprovalState Status, bool AskByCode)
{
    public static CardServerAnswer From(Approval approval) => new(approval.Purchase!.TransactionId, approval.State, approval.Purchase.IsByCode);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

/// <summary>Where companies tell of invoices and payments; see docs/partners.md.</summary>
public sealed class ReceivePartnerWebhookFunction(HandleBillerWebhook handle)
{
    [Function("Webhooks_Receive")]
    [Access(Right.Partner)]
    [Summary("Takes a partner's webhook (Standard Webhooks).")]
    [Header("webhook-id", "Names the message; the same id again is answered and not handled again.")]
    [Header("webhook-timestamp", "Unix seconds; five minutes' tolerance.")]
    [Header("webhook-signature", "One or more `v1,` and base64 HMAC-SHA256, separated by spaces.")]
    [Answers(204)]
    [Refuses<WebhookNotTrusted>, Refuses<WebhookNotUnderstood>, Refuses<BodyTooLarge>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{partner}")] HttpRequest request, string partner) =>
        request.ReadWebhookAsync()
            .Then(webhook => handle.RunAsync(partner, webhook, request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.NoContent());
}

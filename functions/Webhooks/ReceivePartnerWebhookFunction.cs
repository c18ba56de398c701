using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;
using Serverless.Workflows;

namespace Serverless.Functions.Webhooks;

/// <summary>Where partners tell what has happened; see docs/partners.md. Who is no <see cref="IPartnerWebhook"/> is a company, or nobody.</summary>
public sealed class ReceivePartnerWebhookFunction(HandleBillerWebhook companies, IEnumerable<IPartnerWebhook> partners, WakeWorkflows workflows)
{
    private readonly Dictionary<string, IPartnerWebhook> byName = partners.ToDictionary(partner => partner.Partner, StringComparer.Ordinal);

    [Function("Webhooks_Receive")]
    [Access(Right.Partner)]
    [Summary("Takes a partner's webhook (Standard Webhooks).")]
    [Header("webhook-id", "Names the message; the same id again is answered and not handled again.")]
    [Header("webhook-timestamp", "Unix seconds; five minutes' tolerance.")]
    [Header("webhook-signature", "One or more `v1,` and base64 HMAC-SHA256, separated by spaces.")]
    [Answers(204)]
    [Refuses<WebhookNotTrusted>, Refuses<WebhookNotUnderstood>, Refuses<BodyTooLarge>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{partner}")] HttpRequest request, string partner, [DurableClient] DurableTaskClient client) =>
        request.ReadWebhookAsync()
            .Then(webhook => byName.TryGetValue(partner, out var known)
                ? known.HandleAsync(webhook, request.HttpContext.RequestAborted)
                : companies.RunAsync(partner, webhook, request.HttpContext.RequestAborted).Then(_ => (Result<IReadOnlyList<string>>)Array.Empty<string>()))
            .Then(news => workflows.RunAsync(client, news))
            .Respond(_ => TypedResults.NoContent());
}

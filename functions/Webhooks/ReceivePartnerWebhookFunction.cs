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
    private const int MostBytes = 64 * 1024;

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
        ReadAsync(request)
            .Then(body => handle.RunAsync(
                new WebhookMessage(partner, Header(request, "webhook-id"), Header(request, "webhook-timestamp"), Header(request, "webhook-signature"), body),
                request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.NoContent());

    private static string Header(HttpRequest request, string name) => request.Headers[name].ToString();

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

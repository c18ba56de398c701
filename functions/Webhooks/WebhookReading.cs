using Microsoft.AspNetCore.Http;
using Serverless.Banking;
using Serverless.Banking.Partners;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

internal static class WebhookReading
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The bytes as they came: the signature is over them, so they are read before anybody parses them.</summary>
    /// <returns>Or <see cref="BodyTooLarge"/>.</returns>
    public static async Task<Result<SignedWebhook>> ReadWebhookAsync(this HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
                return new BodyTooLarge(MostBytes);
        }

        return new SignedWebhook(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body.ToArray());

        string Header(string name) => request.Headers[name].ToString();
    }
}

using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Webhooks;

internal static class WebhookEndpoints
{
    public static void AddWebhooks(this IServiceCollection services) => services.AddSingleton<WebhookSender>();

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        // Not the first webhook.
        app.ServiceProvider.GetRequiredService<WebhookSender>().CheckSecrets();
        app.MapGet("/webhooks/sent", (WebhookSender sender, string? partner, string? type) => Answers.Json(200, new SentResponse(
            [.. sender.Sent().Where(webhook => (partner ?? webhook.Partner) == webhook.Partner && (type ?? webhook.Type) == webhook.Type)])));
        app.MapPut("/webhooks/target", (HttpRequest request, WebhookSender sender) => request.ReadAsync<TargetRequest, string>(Parse, target =>
        {
            sender.Target = target;
            return Answers.Json(200, new TargetRequest(target));
        }));
    }

    private static string Parse(TargetRequest body, Faults faults)
    {
        if (!Uri.TryCreate(body.BaseUrl, UriKind.Absolute, out var address) || !WebhookSender.IsWebAddress(address))
        {
            faults.Add("/baseUrl", "Must be an http or https address, as http://127.0.0.1:7071/api/webhooks.");
        }

        return body.BaseUrl ?? "";
    }

    internal sealed record TargetRequest(string? BaseUrl);

    internal sealed record SentResponse(IReadOnlyList<SentWebhook> Webhooks);
}

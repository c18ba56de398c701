using System.Text.Json;

namespace Serverless.Sandbox.Webhooks;

/// <summary>A webhook and every attempt to deliver it.</summary>
internal sealed record SentWebhook(
    string Id, string Partner, string Type, DateTimeOffset CreatedAt, JsonElement Body, WebhookStatus Status, IReadOnlyList<WebhookAttempt> Attempts);

/// <param name="StatusCode">The bank's answer, or null when there was none.</param>
/// <param name="Error">Why there was no answer.</param>
internal sealed record WebhookAttempt(DateTimeOffset At, int? StatusCode, string? Error);

internal enum WebhookStatus
{
    Pending,
    Delivered,
    Failed,
}

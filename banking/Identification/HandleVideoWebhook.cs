using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Identification;

/// <summary>What the provider of video identification tells (ONB-15): a session was begun, has a result, or has run out.</summary>
internal sealed class HandleVideoWebhook(IOptions<PartnersOptions> partners, WebhookDeliveries deliveries, VideoSessionCourse course, TimeProvider time) : IPartnerWebhook
{
    public string Partner => "video-kyc";

    public async Task<Result<IReadOnlyList<string>>> HandleAsync(SignedWebhook webhook, CancellationToken cancellation)
    {
        if (!webhook.IsSignedWith(partners.Value.VideoIdentification.WebhookSecret, Instant.FromDateTimeOffset(time.GetUtcNow())))
            return new WebhookNotTrusted();
        if (await deliveries.WasHandledAsync(Partner, webhook.Id, cancellation))
            return Array.Empty<string>();
        if (Read<Envelope>(webhook.Body.Span) is not { Type: { } type } read)
            return new WebhookNotUnderstood("/type");
        if (type is not ("identification.started" or "identification.completed" or "identification.expired"))
            return Array.Empty<string>();
        if (Read<ProviderResult>(JsonSerializer.SerializeToUtf8Bytes(read.Data)) is not { } data || !Guid.TryParseExact(data.SessionId, "N", out var session))
            return new WebhookNotUnderstood("/data/sessionId");

        string? news;
        switch (type)
        {
            case "identification.completed":
                if (VideoSessionCourse.Read(data) is not { } result)
                    return new WebhookNotUnderstood("/data");
                news = await course.BecomeAsync(session, it => it.At(VideoSessionState.Completed, result.CompletedAt) with { Result = result }, cancellation);
                break;

            case "identification.expired":
                news = await course.BecomeAsync(session, it => it.At(VideoSessionState.Expired, course.Now), cancellation);
                break;

            default:
                news = await course.BecomeAsync(session, it => it.State == VideoSessionState.Open ? it.At(VideoSessionState.Started, course.Now) : null, cancellation);
                break;
        }

        await deliveries.KeepAsync(Partner, webhook.Id, cancellation);
        return news is null ? Array.Empty<string>() : [news];
    }

    private static T? Read<T>(ReadOnlySpan<byte> body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Envelope(string? Type, JsonElement Data);
}

using Microsoft.Extensions.Options;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Identification;

/// <summary>What the provider of video identification tells (ONB-15): a session was begun, has a result, or has run out.</summary>
internal sealed class HandleVideoWebhook(IOptions<PartnersOptions> partners, VideoSessionCourse course) : IPartnerWebhook
{
    public string Partner => "video-kyc";

    public IReadOnlyList<string> Secrets => partners.Value.VideoIdentification.WebhookSecrets;

    public async Task<Result<IReadOnlyList<string>>> HandleAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type is not ("identification.started" or "identification.completed" or "identification.expired"))
            return Array.Empty<string>();
        if (message.Read<ProviderResult>() is not { } data || !Guid.TryParseExact(data.SessionId, "N", out var session))
            return new WebhookNotUnderstood("/data/sessionId");

        string? news;
        switch (message.Type)
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

        return news is null ? Array.Empty<string>() : [news];
    }
}

using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The provider of video identification, over the contract in docs/partners.md.</summary>
public sealed partial class VideoIdentificationClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<VideoIdentificationClient> log)
{
    private const int EvidenceBytesAtMost = 20_000_000;

    private readonly PartnerCalls calls = new(http, "video-identification", options.Value.VideoIdentification, log);

    /// <summary>Opened once, however often it is asked for.</summary>
    /// <param name="documentType"><c>identity_card</c> or <c>passport</c>.</param>
    /// <param name="language">ISO 639-1.</param>
    /// <returns>Or <see cref="VideoIdentificationUnavailable"/>, also when the provider refuses.</returns>
    internal async Task<Result<ProviderSession>> OpenAsync(Guid session, string documentType, string language, bool improvementConsent, CancellationToken cancellation)
    {
        var (status, opened) = await calls.PostAsync<ProviderSession>(
            "sessions", new { sessionId = session.ToString("N"), documentType, language, improvementConsent }, cancellation);
        return status is HttpStatusCode.OK or HttpStatusCode.Created && opened is { CaptureUrl.Length: > 0, ExpiresAt: not null } ? opened : new VideoIdentificationUnavailable();
    }

    /// <returns>The session, with a status of null when the provider knows none. Or <see cref="VideoIdentificationUnavailable"/>.</returns>
    internal async Task<Result<ProviderSession>> FindAsync(Guid session, CancellationToken cancellation)
    {
        var (status, found) = await calls.GetAsync<ProviderSession>($"sessions/{session:N}", cancellation);
        return status switch
        {
            HttpStatusCode.OK when found is { Status.Length: > 0 } => found,
            HttpStatusCode.NotFound => new ProviderSession(null, null, null, null),
            _ => new VideoIdentificationUnavailable(),
        };
    }

    /// <returns>The picture with its media type; null when it cannot be had now.</returns>
    internal async Task<(string ContentType, byte[] Content)?> EvidenceAsync(Guid session, string name, CancellationToken cancellation)
    {
        if (http.Find("video-identification", options.Value.VideoIdentification) is not { } client)
            return null;
        try
        {
            using var answer = await client.GetAsync(new Uri($"sessions/{session:N}/evidence/{name}", UriKind.Relative), cancellation);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > EvidenceBytesAtMost)
            {
                LogStatus((int)answer.StatusCode);
                return null;
            }

            return (answer.Content.Headers.ContentType?.MediaType ?? "application/octet-stream", await answer.Content.ReadAsByteArrayAsync(cancellation));
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            LogNoAnswer(e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Evidence of an identification was answered {Status}")]
    private partial void LogStatus(int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Evidence of an identification could not be fetched: {Failure}")]
    private partial void LogNoAnswer(string failure);
}

/// <summary>A session as the provider has it.</summary>
internal sealed record ProviderSession(string? Status, string? CaptureUrl, DateTimeOffset? ExpiresAt, ProviderResult? Result);

internal sealed record ProviderResult(
    string? SessionId, string? Result, IReadOnlyList<string>? Reasons, decimal? Confidence, bool? Liveness, ProviderDocument? Document, IReadOnlyList<string>? Evidence,
    DateTimeOffset? CompletedAt);

internal sealed record ProviderDocument(
    string? Type, string? Number, string? IssuingCountry, string? PersonalNumber, string? Surname, string? GivenNames, DateOnly? BirthDate, DateOnly? ExpiresOn);

/// <summary>Nobody can be filmed now.</summary>
public sealed record VideoIdentificationUnavailable() : Unavailable("video_identification_unavailable");

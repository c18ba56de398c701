using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Identification;

/// <param name="Attempt">Of this subject, from 1: whoever asks counts and limits them. The same one again is the same session.</param>
public sealed record IdentificationOrder(string SubjectKind, string SubjectId, int Attempt, DocumentType DocumentType, bool ImprovementConsent, Language Language);

/// <summary>Opens a session at the provider of video identification (ONB-14).</summary>
/// <remarks>The session's row first, then the provider, who knows it by the same id; killed in between, the repeat goes on.</remarks>
public sealed class StartIdentification
{
    private readonly VideoSessionTable table;
    private readonly VideoSessionCourse course;
    private readonly VideoIdentificationClient provider;
    private readonly IdentificationOptions options;

    internal StartIdentification(VideoSessionTable table, VideoSessionCourse course, VideoIdentificationClient provider, IOptions<IdentificationOptions> options) =>
        (this.table, this.course, this.provider, this.options) = (table, course, provider, options.Value);

    /// <summary>Of a session that the provider gives no shorter one.</summary>
    internal Duration Life => Duration.FromMinutes(options.SessionMinutes);

    public static Guid IdOf(string subjectKind, string subjectId, int attempt) =>
        StableGuid.Of("video session", subjectKind, subjectId, attempt.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <returns>The session with its address; a repeat of an attempt answers as it is now. Or <see cref="VideoIdentificationUnavailable"/>: the same may be sent again.</returns>
    public async Task<Result<VideoSession>> RunAsync(IdentificationOrder order, CancellationToken cancellation)
    {
        var id = IdOf(order.SubjectKind, order.SubjectId, order.Attempt);
        var session = (await table.FindAsync(id, cancellation))?.It;
        if (session is null)
        {
            session = new VideoSession(
                id, order.SubjectKind, order.SubjectId, order.DocumentType, order.ImprovementConsent, order.Language, null, course.Now + Life,
                [new VideoSessionStep(VideoSessionState.Open, course.Now)]);
            if (!await table.AddAsync(session, cancellation))
                session = (await table.FindAsync(id, cancellation))!.It;
        }

        if (session.CaptureUrl is not null || session.IsOver)
            return session;
        var opened = await provider.OpenAsync(
            id, session.DocumentType == DocumentType.Passport ? "passport" : "identity_card", session.Language.Code(), session.ImprovementConsent, cancellation);
        if (!opened.IsSuccess)
            return opened.Error;
        var (url, end) = (opened.Value.CaptureUrl!, Instant.FromUnixTimeMilliseconds(opened.Value.ExpiresAt!.Value.ToUnixTimeMilliseconds()));
        return await table.ChangeAsync(id, it => it.CaptureUrl is null ? it with { CaptureUrl = url, ExpiresAt = Instant.Min(end, it.ExpiresAt) } : null, cancellation) ?? session;
    }
}

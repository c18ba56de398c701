using NodaTime;
using NodaTime.Extensions;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

/// <summary>How a session goes on, whoever brings the news: the webhook, or the bank itself by asking. Every step may be repeated and raced.</summary>
/// <remarks>Order of the writes: the result, then its pictures, then whoever asked for it is told. Killed in between, the webhook comes again, or the bank asks.</remarks>
internal sealed class VideoSessionCourse(
    VideoSessionTable table, EvidenceStore store, VideoIdentificationClient provider, Func<IEnumerable<IIdentificationOutcome>> outcomes, TimeProvider time)
{
    private const int NamesAtMost = 20;

    private readonly Lazy<Dictionary<string, IIdentificationOutcome>> bySubject = new(() => outcomes().ToDictionary(outcome => outcome.SubjectKind, StringComparer.Ordinal));

    public Instant Now => time.NowToTheMillisecond();

    /// <param name="change">From a session that is not over.</param>
    /// <returns>The workflow that has news; null for none, also for a session that is nobody's.</returns>
    public async Task<string?> BecomeAsync(Guid id, Func<VideoSession, VideoSession?> change, CancellationToken cancellation) =>
        await table.ChangeAsync(id, session => session.IsOver ? null : change(session), cancellation) is { IsOver: true } over ? await FollowAsync(over, cancellation) : null;

    /// <summary>Keeps the pictures that are not here yet; it may not succeed, and is tried again by whoever comes next.</summary>
    public async Task<VideoSession> KeepEvidenceAsync(VideoSession session, CancellationToken cancellation)
    {
        if (session.Result is not { } result || session.IsEvidenceKept)
            return session;
        foreach (var name in result.Evidence)
        {
            if (await provider.EvidenceAsync(session.Id, name, cancellation) is not var (contentType, content))
                return session;
            await store.SaveAsync(session.Id, name, contentType, content, cancellation);
        }

        return await table.ChangeAsync(session.Id, it => it.IsEvidenceKept ? null : it with { IsEvidenceKept = true }, cancellation) ?? session;
    }

    /// <returns>Null for what docs/partners.md does not say.</returns>
    public static VideoResult? Read(ProviderResult? result)
    {
        VideoVerdict? verdict = result?.Result switch
        {
            "approved" => VideoVerdict.Approved,
            "rejected" => VideoVerdict.Rejected,
            "review" => VideoVerdict.Review,
            _ => null,
        };
        if (verdict is not { } known || result!.CompletedAt is not { } completedAt || !AreNames(result.Reasons) || !AreNames(result.Evidence))
            return null;
        var person = Read(result.Document);
        return result.Document is not null && person is null || known == VideoVerdict.Approved && person is null
            ? null
            : new VideoResult(
                known, result.Reasons ?? [], result.Confidence ?? 0, result.Liveness ?? false, person, result.Evidence ?? [],
                Instant.FromUnixTimeMilliseconds(completedAt.ToUnixTimeMilliseconds()));
    }

    private async Task<string?> FollowAsync(VideoSession session, CancellationToken cancellation)
    {
        return await TellAsync(await KeepEvidenceAsync(session, cancellation), cancellation);
    }

    /// <summary>Whoever asked for the session learns its end; again, when its webhook was killed half-way.</summary>
    public async Task<string?> TellAsync(VideoSession session, CancellationToken cancellation)
    {
        return bySubject.Value.TryGetValue(session.SubjectKind, out var outcome)
            ? await outcome.TakeAsync(session, cancellation)
            : throw new InvalidOperationException($"Nobody has people identified for '{session.SubjectKind}'.");
    }

    private static IdentifiedPerson? Read(ProviderDocument? document) =>
        document is
        {
            Number.Length: > 0 and <= 30, IssuingCountry.Length: 2 or 3, PersonalNumber.Length: > 0 and <= 30, Surname.Length: > 0 and <= 100, GivenNames.Length: > 0 and <= 100,
            BirthDate: { } birthDate, ExpiresOn: { } expiresOn, Type: "identity_card" or "passport",
        }
            ? new IdentifiedPerson(
                document.Type == "passport" ? DocumentType.Passport : DocumentType.IdentityCard, document.Number, document.IssuingCountry, document.PersonalNumber, document.Surname,
                document.GivenNames, birthDate.ToLocalDate(), expiresOn.ToLocalDate())
            : null;

    /// <summary>They become parts of addresses.</summary>
    private static bool AreNames(IReadOnlyList<string>? names) =>
        names is null || (names.Count <= NamesAtMost && names.All(name => name is { Length: > 0 and <= 60 } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')));
}

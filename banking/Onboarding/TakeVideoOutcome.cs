using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Onboarding;

/// <summary>Goes on with what came of a video session (ONB-15, ONB-28): who it is, whether it is who applied, and whether the person may become a customer online.</summary>
/// <remarks>Only the present session of an application that waits for it counts; everything else changes nothing, however often and late it comes.</remarks>
internal sealed class TakeVideoOutcome(OnboardingTable table, OnboardingCourse course, FindCustomerByPersonalNumber byPerson) : IIdentificationOutcome
{
    public string SubjectKind => StartVideo.Subject;

    public async Task<string?> TakeAsync(VideoSession session, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(session.SubjectId, "N", out var id) || await table.FindAsync(id, cancellation) is not { } stored)
            return null;
        var isClient = session.Result?.Person is { } person && PersonalNumber.Find(person.PersonalNumber) is { } number && await byPerson.RunAsync(number, cancellation) is not null;
        stored = await course.ChangeAsync(
            stored, it => it.State == OnboardingState.Identifying && it.VideoSession == session.Id ? After(it, session, isClient) : null, cancellation);
        await course.TellAsync(stored.It, cancellation);
        return id.ToString("N");
    }

    private OnboardingApplication After(OnboardingApplication it, VideoSession session, bool isClient)
    {
        if (session.Result is not { } result)
            return Again(it, "video_expired", null);
        if (result.Person is { } read && read.ExpiresOn < course.Today)
            return Again(it, "video_failed", "document_expired");
        if (result.Verdict == VideoVerdict.Rejected || result.Person is not { } person)
            return Again(it, "video_failed", result.Reasons.Contains("document_expired", StringComparer.Ordinal) ? "document_expired" : "identification_failed");
        if (isClient)
            return Refuse(it, "already_client");
        if (person.BirthDate.PlusYears(course.Options.AgeAtLeast) > course.Today)
            return Refuse(it, "under_age");

        var identified = it with { Person = person, Failure = null };
        ReviewReason[] reasons =
        [
            .. result.Verdict == VideoVerdict.Review ? [ReviewReason.ProviderReview] : Array.Empty<ReviewReason>(),
            .. PersonalNumber.Find(person.PersonalNumber)?.Value != it.PersonalNumber ? [ReviewReason.IdentityMismatch] : Array.Empty<ReviewReason>(),
        ];
        return reasons.Length > 0 ? course.Hold(identified, reasons, []) : identified.To(OnboardingState.Identified, "identified", OnboardingParty.Provider, course.Now);
    }

    private OnboardingApplication Again(OnboardingApplication it, string what, string? failure) =>
        it.To(OnboardingState.Consented, what, OnboardingParty.Provider, course.Now) with { Failure = failure, VideoEndsAt = null };

    private OnboardingApplication Refuse(OnboardingApplication it, string failure) =>
        it.To(OnboardingState.Rejected, "rejected", OnboardingParty.Bank, course.Now) with { Failure = failure };
}

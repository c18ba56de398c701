using NodaTime;
using Serverless.Banking.Identification;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Onboarding;

/// <param name="Session">Where the applicant goes to be filmed.</param>
public sealed record VideoStarted(OnboardingApplication Application, VideoSession Session);

/// <summary>Begins a video session for an applicant (ONB-14, ONB-31).</summary>
/// <remarks>
/// Order of the writes: the person's count, the application with the session's id, the session at the provider. Killed in between, the same call goes on with the session that was begun.
/// </remarks>
public sealed class StartVideo
{
    internal const string Subject = "onboarding";

    private static readonly Duration CountedFor = Duration.FromDays(30);

    private readonly OnboardingDoor door;
    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly StartIdentification start;

    internal StartVideo(OnboardingDoor door, OnboardingTable table, OnboardingCourse course, StartIdentification start) =>
        (this.door, this.table, this.course, this.start) = (door, table, course, start);

    /// <returns>While a session is under way, that one. Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>,
    /// <see cref="IdentificationExhausted"/>, <see cref="VideoIdentificationUnavailable"/>.</returns>
    public async Task<Result<VideoStarted>> RunAsync(string token, DocumentType document, bool providerDataUse, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, application => application.Step is OnboardingStep.StartVideo or OnboardingStep.FinishVideo, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        var it = admitted.Value.It;
        if (it.Step == OnboardingStep.StartVideo)
        {
            var attempt = it.VideoSessions.Count + 1;
            var id = StartIdentification.IdOf(Subject, it.Id.ToString("N"), attempt);
            if (attempt > course.Options.VideoSessions
                || !await table.CountVideoAsync(admitted.Value.Stored.Person, id, course.Now, course.Now - CountedFor, course.Options.VideoSessionsOfPerson, cancellation))
                return new IdentificationExhausted();
            var written = await door.WriteAsync(
                admitted.Value.Stored,
                it.To(OnboardingState.Identifying, "video_started", OnboardingParty.Applicant, course.Now) with
                {
                    VideoSessions = [.. it.VideoSessions, id],
                    VideoEndsAt = course.Now + start.Life,
                    Failure = null,
                });
            if (!written.IsSuccess)
                return written.Error;
            it = written.Value;
        }

        var started = await start.RunAsync(
            new IdentificationOrder(Subject, it.Id.ToString("N"), it.VideoSessions.Count, document, providerDataUse, it.Language), CancellationToken.None);
        return started.Then(session => new VideoStarted(it, session));
    }
}

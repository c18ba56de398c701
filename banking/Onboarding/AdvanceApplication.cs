using NodaTime;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Onboarding;

/// <summary>Does whatever an application needs now: asks what became of a video session, creates the customer, expires, reminds, escalates. Repeated, it does nothing more.</summary>
public sealed class AdvanceApplication
{
    private static readonly Duration AskAgain = Duration.FromMinutes(5);

    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly CreateClient create;
    private readonly RefreshIdentification refresh;
    private readonly FindIdentification find;

    internal AdvanceApplication(OnboardingTable table, OnboardingCourse course, CreateClient create, RefreshIdentification refresh, FindIdentification find) =>
        (this.table, this.course, this.create, this.refresh, this.find) = (table, course, create, refresh, find);

    /// <returns>Null when there is no such application, or it was erased.</returns>
    public async Task<CourseProgress<OnboardingState>?> RunAsync(Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } stored)
            return null;
        var asksAgain = false;
        if (stored.It is { State: OnboardingState.Identifying, VideoSession: { } session } && (stored.It.VideoEndsAt <= course.Now || await IsOverAsync(session, cancellation)))
            (stored, asksAgain) = await AskAsync(stored, session, cancellation);
        stored = await create.RunAsync(stored, cancellation);
        stored = await course.ChangeAsync(
            stored, it => it.IsOver || course.DeadlineOf(it) > course.Now ? null : it.To(OnboardingState.Expired, "expired", OnboardingParty.Bank, course.DeadlineOf(it)), cancellation);
        if (stored.It.VideoSession is { } last && stored.It.State != OnboardingState.Identifying && await find.RunAsync(last, cancellation) is { IsEvidenceKept: false, Result: not null })
            asksAgain |= await refresh.RunAsync(last, cancellation) is { IsEvidenceKept: false };
        await course.TellAsync(stored.It, cancellation);
        if (stored.It.State != OnboardingState.IdentityReview)
            await table.LeaveReviewAsync(stored.It, cancellation);
        if (stored.It.IsOver)
            await table.CloseAsync(stored.It, cancellation);
        var wake = course.WakeOf(stored.It);
        return new CourseProgress<OnboardingState>(stored.It.State, stored.It.IsOver, asksAgain && !stored.It.IsOver && course.Now + AskAgain is var soon && !(wake < soon) ? soon : wake);
    }

    /// <summary>Its outcome came, and whoever brought it was killed before the application had it.</summary>
    private async Task<bool> IsOverAsync(Guid session, CancellationToken cancellation) => await find.RunAsync(session, cancellation) is { IsOver: true };

    private async Task<(StoredApplication Stored, bool AsksAgain)> AskAsync(StoredApplication stored, Guid session, CancellationToken cancellation)
    {
        var asked = await refresh.RunAsync(session, cancellation);
        stored = (await table.FindAsync(stored.It.Id, cancellation))!;

        // A session that never came to be at the provider, because its start was cut short.
        if (asked is null)
            stored = await course.ChangeAsync(
                stored,
                it => it.State == OnboardingState.Identifying && it.VideoSession == session
                    ? it.To(OnboardingState.Consented, "video_expired", OnboardingParty.Bank, course.Now) with { VideoEndsAt = null }
                    : null,
                cancellation);
        return (stored, stored.It.State == OnboardingState.Identifying);
    }
}

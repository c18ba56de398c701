using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Onboarding;

/// <summary>How an application goes on, whoever takes the step. The row decides, guarded by its ETag; every step may be repeated and raced.</summary>
internal sealed class OnboardingCourse(OnboardingTable table, BankCalendar calendar, SendNotice send, OnboardingEvents events, IOptions<OnboardingOptions> options, TimeProvider time)
{
    public Instant Now => time.NowToTheMillisecond();

    public OnboardingOptions Options => options.Value;

    public LocalDate Today => calendar.Today;

    /// <summary>When the whole application is over.</summary>
    public Instant DeadlineOf(OnboardingApplication it) => it.OpenedAt + Options.Life;

    /// <returns>Null when it has changed since it was read.</returns>
    public Task<StoredApplication?> WriteAsync(StoredApplication stored, OnboardingApplication after, CancellationToken cancellation) => table.ReplaceAsync(
        stored, after, after.IsOver && !stored.It.IsOver && after.Client is null ? after.Timeline[^1].At + Duration.FromDays(Options.EraseAfterDays) : null, cancellation);

    /// <param name="change">From the application as it is; null leaves it. Asked again after a lost race.</param>
    public async Task<StoredApplication> ChangeAsync(StoredApplication stored, Func<OnboardingApplication, OnboardingApplication?> change, CancellationToken cancellation)
    {
        while (change(stored.It) is { } changed)
        {
            if (await WriteAsync(stored, changed, cancellation) is { } written)
                return written;
            stored = (await table.FindAsync(stored.It.Id, cancellation))!;
        }

        return stored;
    }

    /// <summary>Holds an application for compliance.</summary>
    public OnboardingApplication Hold(OnboardingApplication it, IReadOnlyList<ReviewReason> reasons, IReadOnlyList<string> hits)
    {
        var day = calendar.AddBusinessDays(calendar.Today, Options.ReviewDays);
        var review = new ReviewCase(
            (it.Review?.Number ?? 0) + 1, reasons, hits, Now, day.PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant(), it.State);
        return it.To(OnboardingState.IdentityReview, "review_opened", OnboardingParty.Bank, Now) with { Review = review };
    }

    /// <summary>When it has to be looked at next: a reminder, or a deadline.</summary>
    public Instant? WakeOf(OnboardingApplication it)
    {
        if (it.IsOver)
            return null;
        Instant?[] moments =
        [
            DeadlineOf(it),
            it.State == OnboardingState.Identifying ? it.VideoEndsAt : null,
            it.State == OnboardingState.IdentityReview ? it.Review!.DecideBy : null,
            .. OnboardingOptions.Reminders.Select(after => (Instant?)(it.OpenedAt + after)),
        ];
        return moments.Where(moment => moment > Now).Min();
    }

    /// <summary>Whoever is waited for, and the applicant, is told what there is to tell; each thing once.</summary>
    public async Task TellAsync(OnboardingApplication it, CancellationToken cancellation)
    {
        await events.TellAsync(it, cancellation);
        for (var i = 0; i < OnboardingOptions.Reminders.Count; i++)
        {
            if (!it.IsOver && it.State != OnboardingState.IdentityReview && it.OpenedAt + OnboardingOptions.Reminders[i] <= Now)
                await MailAsync(it, NoticeKind.OnboardingReminder, $"{i}", cancellation);
        }

        if (it is { State: OnboardingState.IdentityReview, Review: { } review } && review.DecideBy <= Now)
        {
            await send.RunAsync(
                new Notice(
                    NoticeId.Of("onboarding escalated", it.Id.ToString("N"), $"{review.Number}"), null, NoticeChannel.Email, NoticeKind.OnboardingEscalated,
                    new Dictionary<string, string> { ["number"] = it.Id.ToString("D"), ["date"] = Words.Date(review.OpenedAt.InZone(BankTime.Tirane).Date) })
                {
                    Address = Options.Compliance,
                    Language = Language.Albanian,
                },
                cancellation);
        }

        if (it is { State: not OnboardingState.IdentityReview, Review: { Decision: not null and not ReviewDecision.Reject } decided })
            await MailAsync(it, NoticeKind.OnboardingContinues, $"{decided.Number}", cancellation);
        if (it.State == OnboardingState.Rejected)
            await MailAsync(it, NoticeKind.OnboardingRefused, "", cancellation);
        if (it.State == OnboardingState.Expired && it.Timeline[^1].What == "expired")
            await MailAsync(it, NoticeKind.OnboardingExpired, "", cancellation);
        if (it.State == OnboardingState.Completed)
            await MailAsync(it, NoticeKind.OnboardingCompleted, "", cancellation);
    }

    /// <summary>By e-mail: it is proven from the first moment.</summary>
    private Task<bool> MailAsync(OnboardingApplication it, NoticeKind kind, string occasion, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), it.Id.ToString("N"), occasion), null, NoticeChannel.Email, kind,
            new Dictionary<string, string> { ["date"] = Words.Date(DeadlineOf(it).InZone(BankTime.Tirane).Date) })
        {
            Address = it.Email,
            Language = it.Language,
        },
        cancellation);
}

using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>Tells the customer, and the back office, what there is to tell of a fund; each thing once however often it is found.</summary>
internal sealed class FundNotices(SendNotice send)
{
    /// <summary>When the customer is reminded; null when he is not waited for.</summary>
    public static Instant? ReminderOf(PrivateFund it, PensionFundsOptions options) => it is { Submission: null, State: FundState.Draft } or { IsWaiting: true } && it.Deadline is { } deadline
        ? deadline - Duration.FromDays(options.RemindDaysBefore)
        : null;

    public async Task TellAsync(PrivateFund it, Instant now, PensionFundsOptions options, CancellationToken cancellation)
    {
        var plan = ("plan", PensionPlans.Of(it.Plan).Manager);
        foreach (var step in it.Timeline)
        {
            if (KindOf(step.State) is { } kind)
                await PushAsync(it, kind, step.State.ToString(), cancellation, plan);
        }

        if (it.Deadline is { } deadline && deadline > now && ReminderOf(it, options) <= now)
            await PushAsync(it, NoticeKind.PensionApplicationReminder, it.State == FundState.Draft ? "draft" : "signature", cancellation, plan, ("date", Words.Date(Day(deadline))));
        if (it.AlertedAt is { } alerted)
        {
            await send.RunAsync(
                new Notice(
                    NoticeId.Of(nameof(NoticeKind.PensionContactOverdue), it.Id.ToString("N")), null, NoticeChannel.Email, NoticeKind.PensionContactOverdue,
                    new Dictionary<string, string> { ["number"] = it.Id.ToString("D"), ["company"] = plan.Manager, ["date"] = Words.Date(Day(it.SubmittedAt ?? alerted)) })
                {
                    Address = options.BackOffice,
                    Language = Language.Albanian,
                },
                cancellation);
        }
    }

    public Task ReturnedAsync(PrivateFund it, Transfer paid, CancellationToken cancellation) => PushAsync(
        it, NoticeKind.PensionContributionReturned, "opening", cancellation, ("amount", Words.Amount(paid.Debit)), ("name", paid.To.Name), ("date", Words.Date(Day(paid.OrderedAt))));

    public Task CollectedAsync(PrivateFund it, ContributionRun run, CancellationToken cancellation) => PushAsync(
        it, NoticeKind.FundContributionCollected, Code(run.DueOn), cancellation, ("amount", Words.Amount(run.Terms.Amount)), ("date", Words.Date(run.DueOn)), ("plan", PensionPlans.Of(it.Plan).Manager));

    public Task FailedAsync(PrivateFund it, ContributionDue due, Instant again, Error error, CancellationToken cancellation) => PushAsync(
        it, NoticeKind.FundContributionRetried, $"{Code(due.DueOn)}/{due.Attempt}", cancellation, ("amount", Words.Amount(it.Authorisation!.Amount)), ("date", Words.Date(Day(again))),
        ("reason", error.Code));

    public Task SkippedAsync(PrivateFund it, LocalDate dueOn, Error error, CancellationToken cancellation) => PushAsync(
        it, NoticeKind.FundContributionSkipped, Code(dueOn), cancellation, ("amount", Words.Amount(it.Authorisation!.Amount)), ("date", Words.Date(dueOn)), ("reason", error.Code));

    public Task SuspendedAsync(PrivateFund it, LocalDate dueOn, CancellationToken cancellation) => PushAsync(
        it, NoticeKind.FundAuthorisationSuspended, Code(dueOn), cancellation, ("plan", PensionPlans.Of(it.Plan).Manager));

    private static NoticeKind? KindOf(FundState state) => state switch
    {
        FundState.Submitted => NoticeKind.PensionApplicationSubmitted,
        FundState.Contacted => NoticeKind.PensionClientContacted,
        FundState.Active => NoticeKind.PensionFundActive,
        FundState.Cancelled => NoticeKind.PensionApplicationCancelled,
        _ => null,
    };

    private Task<bool> PushAsync(PrivateFund it, NoticeKind kind, string occasion, CancellationToken cancellation, params (string Name, string Value)[] facts) => send.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), it.Id.ToString("N"), occasion), it.Customer, NoticeChannel.Push, kind, facts.ToDictionary(fact => fact.Name, fact => fact.Value), $"pension-funds/{it.Id:D}"),
        cancellation);

    private static string Code(LocalDate date) => date.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static LocalDate Day(Instant at) => at.InZone(BankTime.Tirane).Date;
}

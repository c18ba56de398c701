using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

/// <summary>How a request goes on: ended, completed, told of. Every step may be repeated and raced, by whoever comes next.</summary>
/// <remarks>
/// The request's row decides, guarded by its ETag. A completion is written into it beside its journal's intent; who ends a request makes sure first that no such
/// journal is in the books, nor will be.
/// </remarks>
internal sealed class RateRequestCourse(
    RateRequestTable table, FindJournal find, VoidJournal cancel, BankCalendar calendar, SendNotice send, RecordAudit audit, RateRequestEvents events, IOptionsMonitor<FxOptions> options, TimeProvider time)
{
    private const int TriesAtMost = 12;

    public Instant Now => time.NowToTheMillisecond();

    /// <summary>Of today; on a day off, of the next business day, when somebody is there to decide.</summary>
    public Instant EndOfBusinessDay => calendar.SameOrNext(calendar.Today).PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant();

    /// <summary>Ends an open request, unless its exchange is in the books.</summary>
    /// <param name="end">From an open request; null leaves it.</param>
    public async Task<RateRequestRecord> EndAsync(RateRequestRecord record, Func<RateRequest, RateRequest?> end, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var it = record.It;
            if (it.IsFinal)
                return record;
            if (it.Completion is { } begun && (await cancel.RunAsync(begun.Transaction(it.Id), it.From, cancellation)).Value == VoidOutcome.AlreadyPosted)
                return await SettleAsync(record, cancellation);
            if (end(it) is not { } ended)
                return record;
            if (await table.ReplaceAsync(record, ended, cancellation) is { } written)
                return written;
            record = (await table.FindAsync(it.Id, cancellation))!;
        }

        throw new InvalidOperationException($"Request {record.It.Id} is being changed by many others.");
    }

    /// <summary>What its exchange's journal has decided is written into the request.</summary>
    public async Task<RateRequestRecord> SettleAsync(RateRequestRecord record, CancellationToken cancellation)
    {
        if (record.It is not { State: RateRequestState.Confirmed, Completion: { } begun } it || await find.RunAsync(begun.Transaction(it.Id), it.From, cancellation) is not { } posted)
            return record;
        return await CompleteAsync(record, begun, posted.PostedAt, cancellation);
    }

    /// <param name="completion">Whose journal is in the books.</param>
    public Task<RateRequestRecord> CompleteAsync(RateRequestRecord record, RateCompletion completion, Instant postedAt, CancellationToken cancellation) => table.ChangeAsync(
        record, it => it.State == RateRequestState.Confirmed ? it.At(RateRequestState.Completed, postedAt) with { Completion = completion } : null, cancellation);

    public Task<RateRequestRecord> ExpireAsync(RateRequestRecord record, CancellationToken cancellation) => EndAsync(
        record, it => it.Deadline <= Now ? it.At(RateRequestState.Expired, it.Deadline.Value) : null, cancellation);

    /// <summary>When it has to be looked at next: a reminder, or the deadline.</summary>
    public Instant? WakeOf(RateRequest it) => ReminderOf(it) is { } reminder && reminder > Now ? reminder : it.Deadline;

    /// <summary>Whoever is waited for, and the customer, is told what there is to tell; each thing once.</summary>
    public async Task TellAsync(RateRequest it, CancellationToken cancellation)
    {
        if (it.DecidedBy is { } officer)
            await AuditAsync(it, officer, cancellation);
        await events.TellAsync(it, cancellation);
        var isRemindedOf = ReminderOf(it) <= Now;
        if (it.State == RateRequestState.Submitted && isRemindedOf)
            await RemindTreasuryAsync(it, cancellation);
        if (it.Rate is not null)
            await PushAsync(it, NoticeKind.FxRateConfirmed, cancellation);
        if (it.State == RateRequestState.Confirmed && isRemindedOf)
            await PushAsync(it, NoticeKind.FxRateReminder, cancellation);
        if (it.State == RateRequestState.Rejected)
            await PushAsync(it, NoticeKind.FxRateRejected, cancellation);
        if (it.State == RateRequestState.Expired)
            await PushAsync(it, NoticeKind.FxRateExpired, cancellation);
    }

    /// <summary>Null when nobody is to be reminded: a rate that holds no longer than the reminder would come before its end.</summary>
    private Instant? ReminderOf(RateRequest it) => it.State switch
    {
        RateRequestState.Submitted => Earlier(it.AskedAt + Duration.FromTimeSpan(options.CurrentValue.RemindTreasuryAfter), it.DecideBy),
        RateRequestState.Confirmed => it.ValidUntil!.Value - Duration.FromTimeSpan(options.CurrentValue.RemindCustomerBefore) is var at && at > it.Timeline[^1].At ? at : null,
        _ => null,
    };

    private static Instant? Earlier(Instant reminder, Instant deadline) => reminder < deadline ? reminder : null;

    /// <summary>Who decided, in the trail; also when the process of who decided was killed right afterwards.</summary>
    private Task AuditAsync(RateRequest it, string officer, CancellationToken cancellation) => audit.RunAsync(
        new AuditEvent(AuditActor.Staff(officer), it.Rate is null ? "rate_request_rejected" : "rate_request_confirmed", $"rate-request/{it.Id:D}")
        {
            Id = StableGuid.Of("rate request decided", it.Id.ToString("N")),
            At = it.Timeline.First(step => step.State is RateRequestState.Confirmed or RateRequestState.Rejected).At,
            After = it.Rate is { } rate ? FormattableString.Invariant($"{rate} until {it.ValidUntil}") : null,
            Reason = it.Reason,
        },
        cancellation);

    private Task<bool> PushAsync(RateRequest it, NoticeKind kind, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string> { ["amount"] = Words.Amount(it.Amount) };
        if (it.Rate is { } rate)
        {
            facts["rate"] = rate.ToString(System.Globalization.CultureInfo.InvariantCulture);
            facts["time"] = Time(it.ValidUntil!.Value);
        }

        return send.RunAsync(new Notice(NoticeId.Of(kind.ToString(), it.Id.ToString("N")), it.Customer, NoticeChannel.Push, kind, facts, $"fx/rate-requests/{it.Id:D}"), cancellation);
    }

    private Task<bool> RemindTreasuryAsync(RateRequest it, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of("rate request waiting", it.Id.ToString("N")), null, NoticeChannel.Email, NoticeKind.FxRequestWaiting,
            new Dictionary<string, string> { ["number"] = it.Id.ToString("D"), ["amount"] = Words.Amount(it.Amount), ["time"] = Time(it.DecideBy) })
        {
            Address = options.CurrentValue.Treasury,
            Language = Language.Albanian,
        },
        cancellation);

    private static string Time(Instant at) => at.InZone(BankTime.Tirane).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Fx;

/// <summary>What the treasury says: a rate with its end, or a reason for none.</summary>
/// <param name="Rate">Null: rejected.</param>
/// <param name="ValidUntil">Null: as long as the settings say, and not beyond the business day.</param>
/// <param name="Reason">Of a rejection.</param>
public sealed record RateDecision(decimal? Rate, Instant? ValidUntil, string? Reason);

/// <summary>A member of the treasury confirms a request with a rate, or rejects it (FX-11, FX-23). The first decision wins; who made it is recorded.</summary>
public sealed class DecideRateRequest
{
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;
    private readonly IOptionsMonitor<FxOptions> options;

    internal DecideRateRequest(RateRequestTable table, RateRequestCourse course, IOptionsMonitor<FxOptions> options) =>
        (this.table, this.course, this.options) = (table, course, options);

    /// <returns>The request; the same decision of the same person again gives the same answer. Or, first match: <see cref="RateRequestNotFound"/>,
    /// <see cref="RateRequestDecided"/>, <see cref="RateOutOfBand"/>, <see cref="ValidUntilWrong"/>.</returns>
    public async Task<Result<RateRequest>> RunAsync(Guid id, RateDecision decision, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record)
            return new RateRequestNotFound();
        if (record.It.SeenAt(course.Now) is { State: RateRequestState.Submitted } open)
        {
            if (Objection(open, decision) is { } objection)
                return objection;
            record = await table.ChangeAsync(record, it => it.State == RateRequestState.Submitted && it.DecideBy > course.Now ? Decided(it, decision, officer) : null, cancellation);
        }

        var decided = record.It;
        if (decided.DecidedBy != officer.Id || decided.Rate != decision.Rate || (decision.ValidUntil ?? decided.ValidUntil) != decided.ValidUntil || decided.Reason != decision.Reason)
            return new RateRequestDecided(decided.SeenAt(course.Now).State);
        await course.TellAsync(decided, cancellation);
        return decided;
    }

    private Error? Objection(RateRequest it, RateDecision decision)
    {
        if (decision.Rate is not { } rate)
            return null;
        var band = it.CurrentRate * options.CurrentValue.RateBandPercent / 100;
        if (rate < it.CurrentRate - band || rate > it.CurrentRate + band)
            return new RateOutOfBand(FormattableString.Invariant($"{it.CurrentRate - band:0.######}"), FormattableString.Invariant($"{it.CurrentRate + band:0.######}"));
        return decision.ValidUntil is { } until && (until <= course.Now || until > course.EndOfBusinessDay) ? new ValidUntilWrong("/validUntil", course.EndOfBusinessDay) : null;
    }

    private RateRequest Decided(RateRequest it, RateDecision decision, AuditActor officer) => decision.Rate is { } rate
        ? it.At(RateRequestState.Confirmed, course.Now) with
        {
            Rate = rate,
            ValidUntil = decision.ValidUntil ?? Instant.Min(course.Now + options.CurrentValue.Holds, course.EndOfBusinessDay),
            DecidedBy = officer.Id,
        }
        : it.At(RateRequestState.Rejected, course.Now) with { DecidedBy = officer.Id, Reason = decision.Reason };
}

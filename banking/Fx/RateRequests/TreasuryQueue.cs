using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Desk;

namespace Serverless.Banking.Fx;

/// <summary>The treasury's queue at the desk: requests for a preferential rate (FX-23). One person decides (docs/adr/0022).</summary>
internal sealed class TreasuryQueue(FindRateRequests find, RateRequestTable table, RateRequestCourse course, DecideRateRequest decide, RateBoards boards, IOptionsMonitor<FxOptions> options) : IDeskQueue
{
    public const string QueueName = "treasury";

    private const string Confirm = "confirm_rate";
    private const string Reject = "reject";

    public string Name => QueueName;

    public IReadOnlyList<string> Roles => [QueueName];

    public async Task<Page<DeskCase>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        var open = await find.ListOpenAsync(page, cancellation);
        return new Page<DeskCase>([.. open.Items.Select(Case)], open.Next);
    }

    public async Task<DeskFile?> FindAsync(Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } record ? await FileAsync(record.It.SeenAt(course.Now), cancellation) : null;

    public async Task<Result<DeskFile>> DecideAsync(DeskDecision decision, CancellationToken cancellation)
    {
        var read = Read(decision);
        if (!read.IsSuccess)
            return read.Error;
        var decided = await decide.RunAsync(decision.Case, read.Value, decision.Actor, cancellation);
        return decided.IsSuccess ? await FileAsync(decided.Value, cancellation)
            : decided.Error is ValidUntilWrong ? new InvalidInput([new ValidUntilWrong("/fields/validUntil", course.EndOfBusinessDay)])
            : decided.Error;
    }

    private static Result<RateDecision> Read(DeskDecision decision)
    {
        switch (decision.Code)
        {
            case Confirm when decimal.TryParse(decision.Fields.GetValueOrDefault("rate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate > 0:
                var until = decision.Fields.TryGetValue("validUntil", out var text) ? InstantPattern.ExtendedIso.Parse(text) : null;
                return until is { Success: false } ? new InvalidInput([new DeskFieldWrong("/fields/validUntil")]) : new RateDecision(rate, until?.Value, null);
            case Confirm:
                return new InvalidInput([new DeskFieldWrong("/fields/rate")]);
            case Reject when decision.Reason is { Length: > 0 and <= RateRequest.ReasonAtMost } reason:
                return new RateDecision(null, null, reason);
            case Reject:
                return new InvalidInput([new DeskFieldWrong("/reason")]);
            default:
                return new DeskDecisionUnknown([Confirm, Reject]);
        }
    }

    private DeskCase Case(RateRequest it) => new(
        it.Id, Name, "preferential_rate", $"{DeskText.Of(it.Amount)} {(it.Operation.BuysAmount() ? "←" : "→")} {it.Other.Code}", DeskText.Code(it.State), it.AskedAt, it.Deadline,
        it.State switch { RateRequestState.Submitted => DeskWaits.Desk, RateRequestState.Confirmed => DeskWaits.Customer, _ => null });

    private async Task<DeskFile> FileAsync(RateRequest it, CancellationToken cancellation)
    {
        var current = (await boards.StandingAsync(cancellation)).Board?.RateOf(it.Operation, it.Amount.Currency, it.Other);
        List<DeskFact> facts =
        [
            new("customer_number", it.Customer.Value),
            new("segment", DeskText.Code(it.Segment), DeskShape.Code),
            new("operation", it.Operation.Code(), DeskShape.Code),
            new("amount", DeskText.Of(it.Amount), DeskShape.Amount),
            new("other_currency", it.Other.Code),
            new("euro_equivalent", DeskText.Of(it.EuroEquivalent), DeskShape.Amount),
            new("rate_when_asked", Number(it.CurrentRate), DeskShape.Number),
        ];
        if (current is { } now)
            facts.Add(new("current_rate", Number(now), DeskShape.Number));
        if (it.Details is { Length: > 0 } details)
            facts.Add(new("details", details));
        if (it.Rate is { } rate)
            facts.AddRange([new("confirmed_rate", Number(rate), DeskShape.Number), new("valid_until", InstantPattern.ExtendedIso.Format(it.ValidUntil!.Value), DeskShape.Moment)]);
        if (it.Reason is { } reason)
            facts.Add(new("reason", reason));

        return new DeskFile(
            Case(it), facts, [.. it.Timeline.Select(step => new DeskEvent(step.At, DeskText.Code(step.State), By(it, step.State)))], [],
            it.State == RateRequestState.Submitted
                ? [
                    new DeskChoice(Confirm,
                    [
                        new DeskField("rate", DeskShape.Number, Suggested: Number(current ?? it.CurrentRate)),
                        new DeskField("validUntil", DeskShape.Moment, IsRequired: false, Suggested: InstantPattern.General.Format(Instant.Min(course.Now + options.CurrentValue.Holds, course.EndOfBusinessDay))),
                    ]),
                    new DeskChoice(Reject, [], NeedsReason: true),
                ]
                : []);
    }

    private static string? By(RateRequest it, RateRequestState state) => state switch
    {
        RateRequestState.Confirmed or RateRequestState.Rejected => it.DecidedBy,
        RateRequestState.Expired => null,
        _ => DeskWaits.Customer,
    };

    private static string Number(decimal value) => value.ToString("0.00######", CultureInfo.InvariantCulture);
}

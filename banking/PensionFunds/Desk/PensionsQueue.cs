using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Desk;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.PensionFunds;

/// <summary>The back office's queue: applications whose customer no company has contacted in time (LDP-15).</summary>
internal sealed class PensionsQueue(FundTable table, FundRules rules, RecordAudit audit) : IDeskQueue
{
    private const string Contacted = "contacted";
    private const string Cancel = "cancel";

    public string Name => "pensions";

    public IReadOnlyList<string> Roles => ["contact_centre"];

    public async Task<Page<DeskCase>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        var waiting = await table.ListDeskAsync(page, cancellation);
        return new Page<DeskCase>([.. waiting.Items.Select(Case)], waiting.Next);
    }

    public async Task<DeskFile?> FindAsync(Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { It: { AlertedAt: not null } it } ? File(it) : null;

    /// <summary>First the trace: that somebody said so is worth keeping even when the rest is lost.</summary>
    public async Task<Result<DeskFile>> DecideAsync(DeskDecision decision, CancellationToken cancellation)
    {
        if (await table.FindAsync(decision.Case, cancellation) is not { It.AlertedAt: not null } stored)
            return new DeskCaseNotFound();
        if (decision.Code is not (Contacted or Cancel))
            return new DeskDecisionUnknown([Contacted, Cancel]);
        if (Apply(stored.It, decision) is null)
            return IsSame(stored.It, decision) ? File(stored.It) : new DeskDecisionUnknown([]);
        await audit.RunAsync(
            new AuditEvent(decision.Actor, $"pension_application_{(decision.Code == Cancel ? "cancelled" : "contacted")}", $"pension-fund/{decision.Case:D}")
            {
                Id = StableGuid.Of("pension desk", decision.Case.ToString("N"), decision.Actor.Id, decision.Code),
            },
            cancellation);
        stored = await table.ChangeAsync(stored, it => Apply(it, decision), CancellationToken.None);
        return IsSame(stored.It, decision) ? File(stored.It) : new DeskDecisionUnknown([]);
    }

    private PrivateFund? Apply(PrivateFund it, DeskDecision decision) => it is not { State: FundState.Submitted, CancelReason: null } ? null
        : decision.Code == Cancel ? it with { CancelReason = decision.Reason, DecidedBy = decision.Actor.Id }
        : it.At(FundState.Contacted, rules.Now, it.Deadline) with { DecidedBy = decision.Actor.Id };

    private static bool IsSame(PrivateFund it, DeskDecision decision) =>
        it.DecidedBy == decision.Actor.Id && (decision.Code == Cancel ? it.CancelReason == decision.Reason : it.CancelReason is null);

    private DeskCase Case(PrivateFund it) => new(
        it.Id, Name, "pension_application", it.Plan, DeskText.Code(it.State), it.SubmittedAt!.Value, it.Deadline,
        it switch
        {
            { IsWaiting: false } => null,
            { State: FundState.Submitted, CancelReason: null } => DeskWaits.Desk,
            { State: FundState.Submitted } => DeskWaits.Partner,
            _ => DeskWaits.Customer,
        });

    private DeskFile File(PrivateFund it)
    {
        var plan = PensionPlans.Of(it.Plan);
        List<DeskFact> facts =
        [
            new("customer_number", it.Customer.Value),
            new("management_company", plan.Manager),
            new("amount", DeskText.Of(it.Payment!.Amount), DeskShape.Amount),
            new("payment_mode", DeskText.Code(it.Payment.Mode), DeskShape.Code),
        ];
        if (it.DecidedBy is { } by)
            facts.Add(new("decided_by", by));
        if (it.CancelReason is { } reason)
            facts.Add(new("reason", reason));
        if (it.EndedBy is { } ending)
            facts.Add(new("ended_by", ending, DeskShape.Code));
        return new DeskFile(
            Case(it), facts, [.. it.Timeline.Select(step => new DeskEvent(step.At, DeskText.Code(step.State), By(it, step.State)))], [],
            it is { State: FundState.Submitted, CancelReason: null } ? [new DeskChoice(Contacted, []), new DeskChoice(Cancel, [], NeedsReason: true)] : []);
    }

    private static string? By(PrivateFund it, FundState state) => state switch
    {
        FundState.Draft or FundState.Submitted => DeskWaits.Customer,
        FundState.Contacted when it.CancelReason is null => it.DecidedBy,
        _ => null,
    };
}

using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

public enum ChangeDecision
{
    Approve,
    Reject,
}

/// <summary>The second person's word on a change; an approved one is carried out at once.</summary>
public sealed class DecideChange
{
    private readonly ChangeTable changes;
    private readonly ChangeHandlers handlers;
    private readonly ChangeSettlement settlement;
    private readonly RecordAudit audit;
    private readonly TimeProvider time;

    internal DecideChange(ChangeTable changes, ChangeHandlers handlers, ChangeSettlement settlement, RecordAudit audit, TimeProvider time) =>
        (this.changes, this.handlers, this.settlement, this.audit, this.time) = (changes, handlers, settlement, audit, time);

    /// <param name="reason">In the decider's words; at most 500 characters.</param>
    /// <param name="desk">The kind that the calling desk is there for; null: the general one.</param>
    /// <returns>
    /// The change with what came of it, also when it failed; for a repetition by the same person the same. Or, first match: <see cref="ChangeNotFound"/>,
    /// <see cref="ChangeOfAnotherDesk"/>, <see cref="FourEyesRequired"/> (the proposer; the attempt is audited), <see cref="ChangeAlreadyDecided"/>, <see cref="AccountBusy"/> (decided, and carried out soon).
    /// </returns>
    public async Task<Result<Change>> RunAsync(ChangeId id, ChangeDecision decision, string? reason, AuditActor decider, CancellationToken cancellation, string? desk = null)
    {
        while (true)
        {
            if (await changes.FindAsync(id, cancellation) is not { } stored)
            {
                return new ChangeNotFound();
            }

            var change = stored.Change;
            if (handlers.Find(change.Kind).HasOwnDesk && desk != change.Kind)
            {
                return new ChangeOfAnotherDesk();
            }

            if (change.ProposedBy == decider.Id)
            {
                await AuditAttemptAsync(change, decider, cancellation);
                return new FourEyesRequired();
            }

            if (change.State != ChangeState.Proposed)
            {
                return !IsTheSame(change, decision, decider) ? new ChangeAlreadyDecided(change.State)
                    : change.State is ChangeState.Applied or ChangeState.Failed ? change
                    : await settlement.RunAsync(stored, CancellationToken.None);
            }

            var decided = change with
            {
                State = decision == ChangeDecision.Approve ? ChangeState.Approved : ChangeState.Rejected,
                DecidedBy = decider.Id,
                DecidedAt = Instant.FromDateTimeOffset(time.GetUtcNow()),
                DecisionReason = reason,
            };
            if (await changes.TryDecideAsync(stored, decided, decider.Origin, cancellation) is { } written)
            {
                return await settlement.RunAsync(written, CancellationToken.None);
            }
        }
    }

    private static bool IsTheSame(Change change, ChangeDecision decision, AuditActor decider) =>
        change.DecidedBy == decider.Id && (change.State == ChangeState.Rejected) == (decision == ChangeDecision.Reject);

    private Task AuditAttemptAsync(Change change, AuditActor decider, CancellationToken cancellation) => audit.RunAsync(
        new AuditEvent(decider, "change_own_decision_refused", change.Resource) { After = $"{change.Kind}: {change.After} (change {change.Id})" }, cancellation);
}

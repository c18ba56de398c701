using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.CustomerApprovals;

/// <param name="VersionSeen">Of a document; null for a purchase.</param>
/// <param name="Installation">On which the customer decides.</param>
public sealed record ApprovalVerdict(CustomerId Customer, ApprovalId Id, ApprovalDecision Decision, int? VersionSeen, string? Installation);

/// <summary>The customer's yes or no (NOTE-11, NOTE-12). Of two at the same moment, and of the deadline, one counts.</summary>
/// <remarks>The row that makes the timer look is written first; then the decision, guarded by the ETag; then the audit record. The outcome is passed on by <see cref="SettleApproval"/>,
/// which also writes the record of a decision whose process was killed before it could.</remarks>
public sealed class DecideApproval
{
    private const int TriesAtMost = 16;
    private static readonly Duration Grace = Duration.FromMinutes(1);

    private readonly ApprovalTable table;
    private readonly DecisionTrail trail;
    private readonly TimeProvider time;

    internal DecideApproval(ApprovalTable table, DecisionTrail trail, TimeProvider time) => (this.table, this.trail, this.time) = (table, trail, time);

    /// <returns>The approval as decided; the same decision again answers the same. Or, first match: <see cref="ApprovalNotFound"/> (also when it is of another kind
    /// than the verdict), <see cref="AlreadyDecided"/>, <see cref="ApprovalExpired"/>, <see cref="DocumentChanged"/>.</returns>
    public async Task<Result<Approval>> RunAsync(ApprovalVerdict verdict, AuditActor actor, CancellationToken cancellation)
    {
        var wanted = verdict.Decision == ApprovalDecision.Approve ? ApprovalState.Approved : ApprovalState.Rejected;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(verdict.Customer, verdict.Id, cancellation) is not { Approval: var approval } stored
                || (approval.Document is null) != (verdict.VersionSeen is null))
                return new ApprovalNotFound();
            if (approval.State == wanted)
            {
                await trail.RecordAsync(approval, actor, cancellation);
                return approval;
            }

            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            if (approval.State == ApprovalState.Expired || (approval.State == ApprovalState.Pending && approval.ExpiresAt <= now))
                return new ApprovalExpired(approval.ExpiresAt ?? now);
            if (approval.State != ApprovalState.Pending)
                return new AlreadyDecided(approval.State);
            if (approval.Document is { } document && document.Version != verdict.VersionSeen)
                return new DocumentChanged(document.Version);

            await table.RemindAsync(verdict.Customer, verdict.Id, [now + Grace], cancellation);
            var after = approval with { State = wanted, DecidedAt = Instant.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()), DecidedOn = verdict.Installation };
            if (await table.ChangeAsync(stored, after, cancellation))
            {
                await trail.RecordAsync(after, actor, cancellation);
                return after;
            }

            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException($"Approval {verdict.Id} cannot be decided now.");
    }
}

using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

/// <param name="Key">The proposer's idempotency key.</param>
/// <param name="After">What shall be, as the decider reads it; at most 200 characters.</param>
/// <param name="Reason">Why, in the proposer's words; at most 500 characters.</param>
public sealed record ChangeProposal(string Key, string Kind, string Resource, string Content, string After, string Reason);

/// <summary>Puts a change before a second person. Nothing is changed by it.</summary>
public sealed class ProposeChange
{
    private readonly ChangeTable changes;
    private readonly ChangeHandlers handlers;
    private readonly RecordAudit audit;
    private readonly TimeProvider time;

    internal ProposeChange(ChangeTable changes, ChangeHandlers handlers, RecordAudit audit, TimeProvider time) =>
        (this.changes, this.handlers, this.audit, this.time) = (changes, handlers, audit, time);

    /// <returns>The change, for a repeated key as it is now. Or <see cref="IdempotencyKeyReused"/>, then what the handler says against it.</returns>
    public async Task<Result<Change>> RunAsync(ChangeProposal proposal, AuditActor proposer, CancellationToken cancellation)
    {
        var id = new ChangeId(StableGuid.Of("change", proposer.Id, proposal.Key));
        if (await changes.FindAsync(id, cancellation) is { } earlier)
        {
            return Repeat(earlier.Change, proposal);
        }

        var before = await handlers.Find(proposal.Kind).DescribeAsync(proposal.Content, cancellation);
        if (!before.IsSuccess)
        {
            return before.Error!;
        }

        var change = new Change(
            id, proposal.Kind, proposal.Resource, proposal.Content, before.Value.Length > 0 ? before.Value : null, proposal.After, proposal.Reason, proposer.Id,
            Instant.FromDateTimeOffset(time.GetUtcNow()), ChangeState.Proposed, null, null, null, null, null);

        // First the trace: that somebody tried is worth keeping even when the rest is lost.
        await audit.RunAsync(
            new AuditEvent(proposer, "change_proposed", change.Resource)
            {
                Before = change.Before,
                After = $"{change.Kind}: {change.After} (change {id})",
                Reason = change.Reason,
                Id = StableGuid.Of("change_proposed", id.ToString()),
                At = change.ProposedAt,
            },
            cancellation);
        return await changes.TryAddAsync(change, cancellation)
            ? change
            : Repeat((await changes.FindAsync(id, cancellation))!.Change, proposal);
    }

    private static Result<Change> Repeat(Change first, ChangeProposal proposal) =>
        (first.Kind, first.Resource, first.Content, first.Reason) == (proposal.Kind, proposal.Resource, proposal.Content, proposal.Reason)
            ? first
            : new IdempotencyKeyReused();
}

using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Applications;

/// <param name="Key">The proposer's idempotency key.</param>
/// <param name="Limit">Null: to be declined.</param>
/// <param name="Reason">At most <see cref="ApplicationDecision.ReasonAtMost"/> characters.</param>
public sealed record DecisionProposal(string Key, Guid Application, Money? Limit, string Reason);

/// <summary>A member of the cards desk proposes what becomes of an application; a second one decides (PROD-13, PROD-34).</summary>
/// <remarks>The proposal's id is written into the application first, so that of two colleagues one proposes. One whose process was killed before the proposal was there, or
/// whose proposal was rejected, is in nobody's way.</remarks>
public sealed class ProposeDecision
{
    private const int TriesAtMost = 16;

    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly ProposeChange propose;
    private readonly ListChanges changes;

    internal ProposeDecision(ApplicationTable table, ApplicationCourse course, ProposeChange propose, ListChanges changes) =>
        (this.table, this.course, this.propose, this.changes) = (table, course, propose, changes);

    /// <returns>The proposal, for a repeated key as it is now. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="ApplicationDecided"/>,
    /// <see cref="DecidedLimitWrong"/>, <see cref="DecisionProposed"/>, <see cref="ApplicationBusy"/>.</returns>
    public async Task<Result<Change>> RunAsync(DecisionProposal wish, AuditActor officer, CancellationToken cancellation)
    {
        var id = new ChangeId(StableGuid.Of("change", officer.Id, wish.Key));
        var order = DecisionChange.Of(wish.Key, wish.Application, wish.Limit, wish.Reason);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(wish.Application, cancellation) is not { It.SubmittedAt: not null } record)
                return new ApplicationNotFound();
            if (record.It.Proposal == id.Value || (await changes.FindAsync(id, cancellation)).IsSuccess)
                return await propose.RunAsync(order, officer, cancellation);
            if (await ObjectionAsync(record.It, wish.Limit, cancellation) is { } objection)
                return objection;
            if (await table.ReplaceAsync(record, record.It with { Proposal = id.Value }, cancellation) is not null)
                return await propose.RunAsync(order, officer, cancellation);
        }

        return new ApplicationBusy();
    }

    private async Task<Error?> ObjectionAsync(ProductApplication it, Money? limit, CancellationToken cancellation)
    {
        if (it.SeenAt(course.Now) is { State: not ApplicationState.InReview } gone)
            return new ApplicationDecided(gone.State);
        if (limit is not null && (limit.Currency != it.Requested!.Currency || !limit.IsPositive || limit > it.Requested))
            return new DecidedLimitWrong(it.Requested);
        return it.Proposal is { } other && await changes.FindAsync(new ChangeId(other), cancellation) is { IsSuccess: true, Value.State: ChangeState.Proposed or ChangeState.Approved }
            ? new DecisionProposed(other)
            : null;
    }
}

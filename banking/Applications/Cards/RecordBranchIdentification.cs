using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Applications;

/// <summary>A member of a branch's staff has seen the applicant with his document, after the camera has failed three times (PROD-32).</summary>
public sealed class RecordBranchIdentification
{
    private readonly ApplicationTable table;
    private readonly ApplicationCourse course;
    private readonly RecordAudit audit;

    internal RecordBranchIdentification(ApplicationTable table, ApplicationCourse course, RecordAudit audit) => (this.table, this.course, this.audit) = (table, course, audit);

    /// <returns>The application: wake its workflow. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="IdentifiedAlready"/>, <see cref="StepNotPossible"/>,
    /// <see cref="BranchNotNeeded"/>.</returns>
    public async Task<Result<ProductApplication>> RunAsync(Guid id, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { It: { SubmittedAt: not null, Product: ApplicationProduct.CreditCard } } record)
            return new ApplicationNotFound();
        if (record.It.Card is { IdentifiedAt: not null } known && known.IdentifiedBy != officer.Id)
            return new IdentifiedAlready();
        if (record.It.Card.IdentifiedAt is null)
        {
            if (record.It.SeenAt(course.Now) is { State: not ApplicationState.WaitingForIdentification } gone)
                return new StepNotPossible(gone.State);
            if (record.It.Card.FailedIdentifications < CardIdentifications.TriesAtMost)
                return new BranchNotNeeded();
        }

        // First the trace: that somebody said so is worth keeping even when the rest is lost.
        await audit.RunAsync(
            new AuditEvent(officer, "applicant_identified", $"application/{id:D}") { Id = StableGuid.Of("applicant identified", id.ToString("N"), officer.Id) }, cancellation);
        record = await table.ChangeAsync(
            record,
            it => it is { State: ApplicationState.WaitingForIdentification, Card.IdentifiedAt: null }
                ? it with { Card = it.Card with { IdentifiedAt = course.Now, IdentifiedBy = officer.Id, LastFailure = null } }
                : null,
            CancellationToken.None);
        return record.It.Card.IdentifiedBy == officer.Id ? record.It : new IdentifiedAlready();
    }
}

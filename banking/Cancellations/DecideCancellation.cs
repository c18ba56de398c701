using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Cancellations;

/// <summary>One member of staff refuses a request (EKL-19): no money moves. The customer is told.</summary>
public sealed class RefuseCancellation
{
    private readonly CancellationTable table;
    private readonly CancellationCourse course;
    private readonly RecordAudit audit;

    internal RefuseCancellation(CancellationTable table, CancellationCourse course, RecordAudit audit) => (this.table, this.course, this.audit) = (table, course, audit);

    /// <returns>The request; the same refusal again gives the same answer. Or, first match: <see cref="CancellationNotFound"/>, <see cref="CancellationDecided"/>.</returns>
    public async Task<Result<Cancellation>> RunAsync(CustomerId customer, Guid number, string reason, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, number, cancellation) is not { } record)
            return new CancellationNotFound();
        if (record.It.State == CancellationState.Requested)
        {
            await audit.RunAsync(
                new AuditEvent(officer, "cancellation_refused", $"payment/{number:D}")
                {
                    Reason = reason,
                    Id = StableGuid.Of("cancellation_refused", record.It.Id.ToString("N"), officer.Id),
                },
                cancellation);
        }

        record = await course.MoveAsync(
            record, CancellationState.Requested,
            it => it.Refuse(CancellationRefusals.Staff, reason, course.Now) with { DecidedBy = officer.Id }, cancellation);
        return record.It is { Refusal: CancellationRefusals.Staff } it && it.DecidedBy == officer.Id && it.RefusalReason == reason
            ? it
            : new CancellationDecided(record.It.State);
    }
}

/// <summary>What two members of staff decide about a request, because money moves.</summary>
public static class CancellationChanges
{
    internal const string Approval = "payment_cancellation";
    internal const string Answer = "recall_answer";

    public static ChangeProposal Approve(string key, CustomerId customer, Guid number, string reason) =>
        new(key, Approval, $"payment/{number:D}", StoredJson.Write(new Content(customer, number, true)), "cancelled", reason);

    /// <summary>What a partner without a message for it has said to a recall: a biller, a pension manager.</summary>
    public static ChangeProposal PartnerAnswer(string key, CustomerId customer, Guid number, bool isAccepted, string reason) =>
        new(key, Answer, $"payment/{number:D}", StoredJson.Write(new Content(customer, number, isAccepted)), isAccepted ? "money returns" : "payment stands", reason);

    internal sealed record Content(CustomerId Customer, Guid Number, bool IsAccepted);
}

internal sealed class CancellationChange(CancellationTable table, CancellationCourse course) : IChangeHandler
{
    public string Kind => CancellationChanges.Approval;

    /// <returns>Or, first match: <see cref="CancellationNotFound"/>, <see cref="CancellationDecided"/>, <see cref="Turnovers.OrderedPaymentNotFound"/>,
    /// <see cref="PaymentNotCancellable"/>, <see cref="PaymentUnderWay"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<CancellationChanges.Content>(content);
        if (await table.FindAsync(wanted.Customer, wanted.Number, cancellation) is not { } record)
            return new CancellationNotFound();
        if (record.It.State != CancellationState.Requested)
            return new CancellationDecided(record.It.State);
        return await course.ObjectionAsync(record.It, cancellation) is { } objection ? objection : "requested";
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<CancellationChanges.Content>(change.Content);
        if (await table.FindAsync(wanted.Customer, wanted.Number, cancellation) is not { } record)
            return new CancellationNotFound();
        if (record.It.State == CancellationState.Requested && await course.ObjectionAsync(record.It, cancellation) is { } objection)
            return objection;
        var by = change.Id.ToString();
        record = await course.MoveAsync(record, CancellationState.Requested, it => it.At(CancellationState.Approved, course.Now) with { DecidedBy = by }, cancellation);
        return record.It.DecidedBy == by ? record.It.State.ToString() : new CancellationDecided(record.It.State);
    }
}

internal sealed class RecallAnswerChange(CancellationTable table, CancellationCourse course) : IChangeHandler
{
    public string Kind => CancellationChanges.Answer;

    /// <returns>Or, first match: <see cref="CancellationNotFound"/>, <see cref="NoRecallUnderWay"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<CancellationChanges.Content>(content);
        return await table.FindAsync(wanted.Customer, wanted.Number, cancellation) is not { It: var it } ? new CancellationNotFound()
            : it.State == CancellationState.Recalling ? "recalling" : new NoRecallUnderWay(it.State);
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<CancellationChanges.Content>(change.Content);
        if (await table.FindAsync(wanted.Customer, wanted.Number, cancellation) is not { } record)
            return new CancellationNotFound();
        record = await course.MoveAsync(
            record, CancellationState.Recalling,
            it => wanted.IsAccepted
                ? it.At(CancellationState.Returning, course.Now)
                : it.Refuse(CancellationRefusals.PartnerRefused, change.Reason, course.Now),
            cancellation);
        record = await course.ContinueAsync(record, cancellation);

        // Whoever ended it, this change in an earlier try perhaps: what counts is how it ended.
        return record.It.State == (wanted.IsAccepted ? CancellationState.Cancelled : CancellationState.Refused)
            ? record.It.State.ToString()
            : new NoRecallUnderWay(record.It.State);
    }
}

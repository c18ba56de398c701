using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Interbank;
using Serverless.Banking.Telemetry;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Cancellations;

/// <summary>Does whatever a request needs now: the e-mail, the next step, the end of what has run out. Repeated, it does nothing more.</summary>
public sealed class AdvanceCancellation
{
    private readonly CancellationTable table;
    private readonly CancellationCourse course;

    internal AdvanceCancellation(CancellationTable table, CancellationCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Null when there is no such request.</returns>
    public async Task<CourseProgress<CancellationState>?> RunAsync(CustomerId customer, Guid number, CancellationToken cancellation)
    {
        if (await table.FindAsync(customer, number, cancellation) is not { } record)
            return null;
        record = await course.ExpireAsync(await course.ContinueAsync(record, cancellation), cancellation);
        return new CourseProgress<CancellationState>(record.It.State, record.It.IsFinal, course.WakeOf(record.It));
    }
}

/// <summary>Requests that are not at their end: what the sweeper starts workflows for.</summary>
public sealed class ListOpenCancellations
{
    private readonly CancellationTable table;

    private readonly BankMetrics metrics;

    internal ListOpenCancellations(CancellationTable table, BankMetrics metrics) => (this.table, this.metrics) = (table, metrics);

    /// <summary>An index row whose request was never written is removed.</summary>
    public async Task<IReadOnlyList<Cancellation>> RunAsync(CancellationToken cancellation)
    {
        List<Cancellation> open = [];
        await foreach (var (_, customer, number) in table.OpenAsync("", cancellation))
        {
            if (await table.FindAsync(customer, number, cancellation) is { } record)
                open.Add(record.It);
        }

        metrics.Waiting("Cancellation", open.Select(request => request.State));
        return open;
    }
}

/// <summary>The receiver's answer (EKL-28).</summary>
internal sealed class CancellationConsent(CancellationTable table, CancellationCourse course) : IApprovalProcess
{
    public string Kind => CancellationCourse.Process;

    public async Task ResumeAsync(Approval approval, CancellationToken cancellation)
    {
        var parts = approval.Document!.ProcessId.Split('|');
        if (await table.FindAsync(CustomerId.Of(parts[0]), Guid.ParseExact(parts[1], "N"), cancellation) is not { } record)
            return;
        await course.MoveAsync(
            record, CancellationState.AwaitingConsent,
            it => approval.State switch
            {
                ApprovalState.Approved => it.At(CancellationState.Returning, course.Now),
                ApprovalState.Rejected => it.Refuse(CancellationRefusals.ReceiverRefused, null, course.Now),
                _ => it.Refuse(CancellationRefusals.ReceiverSilent, null, course.Now),
            },
            cancellation);
    }
}

/// <summary>The other bank's answer to a recall, and the money that comes after it.</summary>
internal sealed class CancellationRecalls(CancellationTable table, CancellationCourse course) : IRecallListener
{
    public async Task AnsweredAsync(Transfer transfer, bool isAccepted, string? reason, CancellationToken cancellation)
    {
        if (await table.FindAsync(transfer.Customer, transfer.Id.Value, cancellation) is not { } record)
            return;
        await course.MoveAsync(
            record, CancellationState.Recalling,
            it => isAccepted ? it.At(CancellationState.Returning, course.Now) : it.Refuse(CancellationRefusals.PartnerRefused, reason, course.Now), cancellation);
    }

    /// <summary>Perhaps before the answer.</summary>
    public async Task ReturnedAsync(Transfer transfer, CancellationToken cancellation)
    {
        if (await table.FindAsync(transfer.Customer, transfer.Id.Value, cancellation) is not { } record)
            return;
        record = await table.ChangeAsync(
            record, it => it.State == CancellationState.Recalling ? it.At(CancellationState.Returning, course.Now) : null, cancellation);
        await course.ContinueAsync(record, cancellation);
    }
}

namespace Serverless.Banking.Fx;

/// <summary>Does whatever a request needs now: completes, expires, tells. Repeated, it does nothing more.</summary>
public sealed class AdvanceRateRequest
{
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;

    internal AdvanceRateRequest(RateRequestTable table, RateRequestCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Null when there is no such request.</returns>
    public async Task<CourseProgress<RateRequestState>?> RunAsync(Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record)
            return null;
        record = await course.ExpireAsync(await course.SettleAsync(record, cancellation), cancellation);
        await course.TellAsync(record.It, cancellation);
        if (record.It.IsFinal)
            await table.CloseAsync(record.It, cancellation);
        return new CourseProgress<RateRequestState>(record.It.State, record.It.IsFinal, course.WakeOf(record.It));
    }
}

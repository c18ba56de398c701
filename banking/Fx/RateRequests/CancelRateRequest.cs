namespace Serverless.Banking.Fx;

/// <summary>The customer calls a request off (FX-13): at any time while it is open.</summary>
public sealed class CancelRateRequest
{
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;

    internal CancelRateRequest(RateRequestTable table, RateRequestCourse course) => (this.table, this.course) = (table, course);

    /// <returns>The cancelled request, also when it was before. Or, first match: <see cref="RateRequestNotFound"/>, <see cref="RateRequestFinal"/>.</returns>
    public async Task<Result<RateRequest>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != customer)
            return new RateRequestNotFound();

        // From here on a caller who hangs up stops nothing.
        record = await course.EndAsync(record, it => it.Deadline > course.Now ? it.At(RateRequestState.Cancelled, course.Now) : null, CancellationToken.None);
        return record.It.State == RateRequestState.Cancelled ? record.It : new RateRequestFinal(record.It.SeenAt(course.Now) is { IsFinal: true } over ? over.State : RateRequestState.Expired);
    }
}

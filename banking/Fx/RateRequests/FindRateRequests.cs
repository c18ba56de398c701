using Microsoft.Extensions.Options;

namespace Serverless.Banking.Fx;

/// <summary>A customer's requests, as they stand.</summary>
public sealed class FindRateRequests
{
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;
    private readonly IOptionsMonitor<FxOptions> options;

    internal FindRateRequests(RateRequestTable table, RateRequestCourse course, IOptionsMonitor<FxOptions> options) =>
        (this.table, this.course, this.options) = (table, course, options);

    /// <returns>Or <see cref="RateRequestNotFound"/>, also for somebody else's.</returns>
    public async Task<Result<RateRequest>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } record && record.It.Customer == customer ? record.It.SeenAt(course.Now) : new RateRequestNotFound();

    /// <summary>Newest first.</summary>
    public async Task<Page<RateRequest>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var found = await table.ListAsync(customer, page, cancellation);
        return found with { Items = [.. found.Items.Select(it => it.SeenAt(course.Now))] };
    }

    /// <returns>How many wait for the treasury, and how many for the customer.</returns>
    public async Task<(int Submitted, int Confirmed)> CountAsync(CustomerId customer, CancellationToken cancellation)
    {
        var open = (await table.ListOpenAsync(customer, cancellation)).Select(it => it.SeenAt(course.Now).State).ToList();
        return (open.Count(state => state == RateRequestState.Submitted), open.Count(state => state == RateRequestState.Confirmed));
    }

    /// <summary>What is not at its end, the oldest first: the treasury's queue (FX-23). A page may have fewer items than asked for and still a next one.</summary>
    public async Task<Page<RateRequest>> ListOpenAsync(PageRequest page, CancellationToken cancellation)
    {
        List<RateRequest> found = [];
        string? last = null;
        await foreach (var (row, _, id) in table.OpenAsync(page.After ?? "", cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<RateRequest>(found, last);
            last = row;
            if (await table.FindAsync(id, cancellation) is { } record && record.It.SeenAt(course.Now) is { IsFinal: false } it)
                found.Add(it);
        }

        return new Page<RateRequest>(found, null);
    }

    /// <summary>The confirmed request that the customer is about to complete, with what the amount may be (FX-14).</summary>
    /// <returns>Or, first match: <see cref="RateRequestNotFound"/>, <see cref="RateExpired"/>, <see cref="RateRequestNotConfirmed"/>.</returns>
    public async Task<Result<(RateRequest Request, Money Lowest, Money Highest)>> StartCompletionAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        (await RunAsync(customer, id, cancellation)).Then<(RateRequest, Money, Money)>(it =>
        {
            if (it.ValidUntil is { } until && (it.State == RateRequestState.Expired || (it.State == RateRequestState.Confirmed && until <= course.Now)))
                return new RateExpired(until);
            if (it.State != RateRequestState.Confirmed)
                return new RateRequestNotConfirmed(it.State);
            var (lowest, highest) = CompletionLimits.Of(it, options.CurrentValue);
            return (it, lowest, highest);
        });
}

using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Fx;

/// <summary>Requests that are not at their end: what the sweeper starts workflows for.</summary>
public sealed class ListOpenRateRequests
{
    /// <summary>A request is taken in a moment; what has none after this time never will.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(10);

    private readonly RateRequestTable table;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal ListOpenRateRequests(RateRequestTable table, TimeProvider time, BankMetrics metrics) => (this.table, this.time, this.metrics) = (table, time, metrics);

    /// <summary>A row of the queue whose request was never written is removed.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        List<Guid> open = [];
        List<RateRequestState> states = [];
        await foreach (var (row, since, id) in table.OpenAsync("", cancellation))
        {
            if (await table.FindAsync(id, cancellation) is { } record)
            {
                open.Add(id);
                states.Add(record.It.State);
            }
            else if (now - since > Patience)
                await table.RemoveAsync(row, cancellation);
        }

        metrics.Waiting("PreferentialRate", states);
        return open;
    }
}

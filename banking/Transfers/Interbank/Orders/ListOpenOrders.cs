using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Telemetry;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Orders that are not at their end: what the sweeper looks after. Costs in proportion to them.</summary>
public sealed class ListOpenOrders
{
    private readonly InterbankOrders orders;
    private readonly IOptions<InterbankOptions> options;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal ListOpenOrders(InterbankOrders orders, IOptions<InterbankOptions> options, TimeProvider time, BankMetrics metrics) =>
        (this.orders, this.options, this.time, this.metrics) = (orders, options, time, metrics);

    /// <returns>Those old enough that nobody is still taking them.</returns>
    public async Task<IReadOnlyList<TransferId>> RunAsync(CancellationToken cancellation)
    {
        var open = new List<TransferId>();
        var states = new List<InterbankOrderState?>();
        var before = Instant.FromDateTimeOffset(time.GetUtcNow()) - Duration.FromTimeSpan(options.Value.AbandonAfter);
        await foreach (var id in orders.ListOpenAsync(before, cancellation))
        {
            open.Add(id);
            states.Add((await orders.FindAsync(id, cancellation))?.Order.State);
        }

        metrics.Waiting("InterbankTransfer", states);
        return open;
    }
}

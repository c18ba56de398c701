using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Remittances;

/// <summary>Remittances that are not final: what the sweeper looks after. Costs in proportion to them.</summary>
public sealed class ListOpenRemittances
{
    private static readonly Duration Age = Duration.FromMinutes(1);

    private readonly RemittanceTable remittances;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal ListOpenRemittances(RemittanceTable remittances, TimeProvider time, BankMetrics metrics) => (this.remittances, this.time, this.metrics) = (remittances, time, metrics);

    public async Task<IReadOnlyList<RemittanceId>> RunAsync(CancellationToken cancellation)
    {
        var open = new List<RemittanceId>();
        var states = new List<RemittancePayoutState?>();
        await foreach (var id in remittances.ListOpenAsync(Instant.FromDateTimeOffset(time.GetUtcNow()) - Age, cancellation))
        {
            open.Add(id);
            states.Add((await remittances.FindAsync(id, cancellation))?.Remittance.State);
        }

        metrics.Waiting("CollectRemittance", states);
        return open;
    }
}

using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Insurance;

/// <summary>Purchases that are not at their end: what the sweeper looks after. Costs in proportion to them.</summary>
public sealed class ListOpenPurchases
{
    /// <summary>Younger ones are in the hands of the call that began them.</summary>
    private static readonly Duration Age = Duration.FromMinutes(1);

    /// <summary>Nobody is that slow: its process was killed before the purchase was on record, and its customer was told nothing.</summary>
    private static readonly Duration Dead = Duration.FromMinutes(10);

    private readonly PurchaseTable purchases;
    private readonly ReleaseHold release;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;

    internal ListOpenPurchases(PurchaseTable purchases, ReleaseHold release, TimeProvider time, BankMetrics metrics) =>
        (this.purchases, this.release, this.time, this.metrics) = (purchases, release, time, metrics);

    /// <returns>Those that go on. One that nobody has taken is given up and its hold lifted; one that is slow all the same finds its place taken.</returns>
    public async Task<IReadOnlyList<Guid>> RunAsync(CancellationToken cancellation)
    {
        var (now, found) = (Instant.FromDateTimeOffset(time.GetUtcNow()), new List<Guid>());
        List<PurchaseState> states = [];
        await foreach (var open in purchases.ListOpenAsync(now - Age, cancellation))
        {
            if (await purchases.FindAsync(open.Id, cancellation) is { } record)
            {
                found.Add(open.Id);
                states.Add(record.It.State);
            }
            else if (open.Since <= now - Dead && await purchases.GiveUpAsync(open, cancellation)
                && await release.RunAsync(PolicyPurchase.HoldOf(open.Id), open.From, open.Currency, cancellation) is { Error: not AccountBusy })
            {
                await purchases.CloseAsync(open.Row, cancellation);
            }
        }

        metrics.Waiting("InsurancePurchase", states);
        return found;
    }
}

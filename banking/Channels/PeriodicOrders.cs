using Serverless.Banking.Transfers;

namespace Serverless.Banking.Channels;

/// <summary>Periodic transfers, those to pension funds among them, go on (LIFE-12).</summary>
internal sealed class PeriodicOrders(ListPeriodicTransfers list) : IRunningOrders
{
    public async Task<IReadOnlyList<RunningOrder>> RunAsync(CustomerId customer, CancellationToken cancellation) =>
        [.. (await list.RunAsync(customer, PeriodicTransferState.Active, cancellation))
            .Select(order => new RunningOrder("periodic_transfer", $"{order.Id}", order.Terms.Amount, order.Next?.DueOn))];
}

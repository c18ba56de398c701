namespace Serverless.Banking.Interbank;

/// <summary>The transfers that wait for a member of staff.</summary>
public sealed class ListScreenings
{
    private readonly InterbankOrders orders;

    internal ListScreenings(InterbankOrders orders) => this.orders = orders;

    /// <returns>The one that expires first comes first.</returns>
    public async Task<IReadOnlyList<InterbankOrder>> RunAsync(CancellationToken cancellation)
    {
        var stopped = new List<InterbankOrder>();
        await foreach (var id in orders.ListStoppedAsync(cancellation))
        {
            if (await orders.FindAsync(id, cancellation) is { Order.State: InterbankOrderState.Suspended } record)
                stopped.Add(record.Order);
        }

        return [.. stopped.OrderBy(order => order.ScreeningDeadline)];
    }
}

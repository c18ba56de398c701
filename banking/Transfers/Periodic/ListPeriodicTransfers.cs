namespace Serverless.Banking.Transfers;

/// <summary>The customer's standing transfers (TRF-30).</summary>
public sealed class ListPeriodicTransfers
{
    private readonly PeriodicTable table;

    internal ListPeriodicTransfers(PeriodicTable table) => this.table = table;

    /// <param name="state">Null: all.</param>
    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<PeriodicTransfer>> RunAsync(CustomerId customer, PeriodicTransferState? state, CancellationToken cancellation)
    {
        var all = await table.ListAsync(customer, cancellation);
        return state is null ? all : [.. all.Where(it => it.State == state)];
    }
}

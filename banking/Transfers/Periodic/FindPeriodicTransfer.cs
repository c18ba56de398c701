namespace Serverless.Banking.Transfers;

/// <summary>One standing transfer of the customer (TRF-30).</summary>
public sealed class FindPeriodicTransfer
{
    private readonly PeriodicTable table;

    internal FindPeriodicTransfer(PeriodicTable table) => this.table = table;

    /// <returns>Or <see cref="PeriodicTransferNotFound"/>.</returns>
    public async Task<Result<PeriodicTransfer>> RunAsync(CustomerId customer, PeriodicTransferId id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } stored ? stored.It : new PeriodicTransferNotFound();
}

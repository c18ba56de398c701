namespace Serverless.Banking.Transfers;

/// <param name="IsReceived">The caller is the payee: what the payer paid for it and from where is none of his business (TRF-34).</param>
public sealed record TransferView(Transfer Transfer, bool IsReceived);

/// <summary>One transfer, for its payer and, within the bank, for its payee.</summary>
public sealed class FindTransfer
{
    private readonly TransferTable table;
    private readonly TransferCourse course;

    internal FindTransfer(TransferTable table, TransferCourse course) => (this.table, this.course) = (table, course);

    /// <returns>Or <see cref="TransferNotFound"/>, also when it is other people's.</returns>
    public async Task<Result<TransferView>> RunAsync(CustomerId customer, TransferId id, CancellationToken cancellation)
    {
        var received = table.FindPayerAsync(customer, id, cancellation);
        if (await table.FindAsync(customer, id, cancellation) is { } own)
            return new TransferView(await course.LookAsync(own.Transfer, cancellation), IsReceived: false);
        return await received is { } payer && await table.FindAsync(payer, id, cancellation) is { } record && record.Transfer.To.Customer == customer
            ? new TransferView(await course.LookAsync(record.Transfer, cancellation), IsReceived: true)
            : new TransferNotFound();
    }
}

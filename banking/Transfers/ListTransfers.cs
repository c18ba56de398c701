namespace Serverless.Banking.Transfers;

/// <summary>What a customer has ordered, newest first: one storage call, and one more for each transfer that is not done with.</summary>
public sealed class ListTransfers
{
    private readonly TransferTable table;
    private readonly TransferCourse course;

    internal ListTransfers(TransferTable table, TransferCourse course) => (this.table, this.course) = (table, course);

    public async Task<Page<Transfer>> RunAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var (records, last) = await table.ListAsync(customer, page.After, page.Limit, cancellation);
        return new Page<Transfer>(await Task.WhenAll(records.Select(record => course.LookAsync(record.Transfer, cancellation))), last);
    }
}

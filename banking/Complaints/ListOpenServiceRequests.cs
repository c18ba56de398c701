namespace Serverless.Banking.Complaints;

/// <summary>What staff have to answer: every request that is not closed, the complaint with the earliest term first.</summary>
public sealed class ListOpenServiceRequests
{
    private readonly ServiceRequestTable table;

    internal ListOpenServiceRequests(ServiceRequestTable table) => this.table = table;

    public async Task<Page<ServiceRequest>> RunAsync(PageRequest page, CancellationToken cancellation)
    {
        List<ServiceRequest> found = [];
        string? last = null;
        await foreach (var row in table.OpenAsync(page.After ?? "", cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<ServiceRequest>(found, last);
            last = row.RowKey;
            var (customer, number) = ServiceRequestKeys.Of(row.RowKey);
            if (await table.FindAsync(customer, number, cancellation) is { Request: { State: not ServiceRequestState.Closed } request })
                found.Add(request);
        }

        return new Page<ServiceRequest>(found, null);
    }
}

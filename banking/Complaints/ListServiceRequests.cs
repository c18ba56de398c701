namespace Serverless.Banking.Complaints;

/// <summary>A customer's requests (NOTE-03).</summary>
public sealed class ListServiceRequests
{
    private readonly ServiceRequestTable table;

    internal ListServiceRequests(ServiceRequestTable table) => this.table = table;

    /// <returns>Newest first.</returns>
    public async Task<Page<ServiceRequest>> RunAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        // A day brings five at most, so all of a customer's are one query.
        var all = (await table.ListAsync(customer, cancellation)).Select(stored => stored.Request).ToList();
        var start = page.After is null ? 0 : all.FindIndex(request => request.Number == page.After) + 1;
        var items = all.Skip(start).Take(page.Limit).ToArray();
        return new Page<ServiceRequest>(items, start + items.Length < all.Count ? items[^1].Number : null);
    }

    /// <returns>The request; or <see cref="ServiceRequestNotFound"/>, also for somebody else's.</returns>
    public async Task<Result<ServiceRequest>> FindAsync(CustomerId customer, string number, CancellationToken cancellation) =>
        ServiceRequestKeys.IsNumber(number) && await table.FindAsync(customer, number, cancellation) is { } stored ? stored.Request : new ServiceRequestNotFound();

    /// <summary>Those that are not closed (NOTE-01).</summary>
    public async Task<int> CountOpenAsync(CustomerId customer, CancellationToken cancellation) =>
        (await table.ListAsync(customer, cancellation)).Count(stored => stored.Request.State != ServiceRequestState.Closed);
}

namespace Serverless.Banking.MoneyRequests;

/// <summary>The requests a customer has sent and received (REQ-04).</summary>
public sealed class ListMoneyRequests
{
    private readonly MoneyRequestTable table;

    internal ListMoneyRequests(MoneyRequestTable table) => this.table = table;

    /// <param name="direction">Null: both.</param>
    /// <param name="state">Null: all.</param>
    /// <returns>Newest first.</returns>
    public async Task<Page<SeenRequest>> RunAsync(
        CustomerId customer, RequestDirection? direction, MoneyRequestState? state, PageRequest page, CancellationToken cancellation)
    {
        var found = await table.ListAsync(customer, direction, it => state is null || it.State == state, page, cancellation);
        return new Page<SeenRequest>(
            await Task.WhenAll(found.Items.Select(item => FindMoneyRequest.SeeAsync(table, item.Request, item.Direction, cancellation))), found.Next);
    }
}

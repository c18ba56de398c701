namespace Serverless.Banking.MoneyRequests;

/// <summary>A request as one of its parties sees it.</summary>
/// <param name="Split">For the requester of a share; null else.</param>
public sealed record SeenRequest(MoneyRequest Request, RequestDirection Direction, Split? Split);

/// <summary>One request that the customer sent or received.</summary>
public sealed class FindMoneyRequest
{
    private readonly MoneyRequestTable table;

    internal FindMoneyRequest(MoneyRequestTable table) => this.table = table;

    /// <returns>Or <see cref="MoneyRequestNotFound"/>, also when it was withheld from the customer (REQ-06).</returns>
    public async Task<Result<SeenRequest>> RunAsync(CustomerId customer, MoneyRequestId id, CancellationToken cancellation)
    {
        if (await table.FindForAsync(customer, id, cancellation) is not { } found)
            return new MoneyRequestNotFound();
        return await SeeAsync(table, found.Request.It, found.Direction, cancellation);
    }

    internal static async Task<SeenRequest> SeeAsync(MoneyRequestTable table, MoneyRequest it, RequestDirection direction, CancellationToken cancellation) => new(
        it, direction,
        it.Split is { } split && direction == RequestDirection.Sent ? await table.FindSplitAsync(it.Requester.Customer, split, cancellation) : null);
}

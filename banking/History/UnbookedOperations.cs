using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>What the books do not show: money held, and the capabilities' pending, failed and cancelled orders (HIST-12).</summary>
internal sealed class UnbookedOperations(IEnumerable<IOperationSource> sources, ListHolds holds, FindEntries booked)
{
    private readonly IOperationSource[] sources = [.. sources];

    public IOperationSource? Find(string name) => sources.FirstOrDefault(source => source.Name == name);

    /// <summary>Sorted streams, to be merged by date.</summary>
    /// <param name="accounts">The customer's; none of his others is looked at.</param>
    /// <param name="after">Only what comes behind this place; null for all.</param>
    /// <param name="limit">From the oldest on no source can be read, so as many are kept as a page can take.</param>
    public IEnumerable<IAsyncEnumerable<Operation>> Lanes(
        CustomerId customer, IReadOnlyList<AccountPlace> accounts, OperationFilter filter, Interval period, OperationPlace? after, int limit, Instant now,
        CancellationToken cancellation)
    {
        var order = new OperationOrder(filter.Sort == OperationSort.DateOldestFirst ? OperationSort.DateOldestFirst : OperationSort.DateNewestFirst);
        var ids = accounts.Select(place => place.Account).ToHashSet();
        AccountId? only = ids.Count == 1 ? ids.Single() : null;
        if (ids.Count == 0 || period.Duration == Duration.Zero)
            yield break;

        foreach (var source in sources)
        {
            var orders = source.ListAsync(customer, only, period, cancellation).Where(
                operation => ids.Contains(operation.Account) && (after is null || order.Compare(OperationPlace.Of(operation), after) > 0));
            yield return filter.Sort == OperationSort.DateOldestFirst ? FirstAsync(orders, limit + 1, order) : orders;
        }

        if (filter.State is null or OperationState.Pending && accounts.Any(place => place.HasHolds))
            yield return HeldAsync(accounts, after, order, now, cancellation);
    }

    /// <summary>The order was booked after its source had said that it was not: its entry is listed instead.</summary>
    public async Task<bool> IsBookedAsync(Operation operation, CancellationToken cancellation) =>
        operation is { State: OperationState.Pending, Transaction: { } transaction } && await booked.AreThereAsync(transaction, operation.Account, cancellation);

    private async IAsyncEnumerable<Operation> HeldAsync(
        IReadOnlyList<AccountPlace> accounts, OperationPlace? after, OperationOrder order, Instant now,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var found = await Task.WhenAll(accounts.Where(place => place.HasHolds).Select(place => holds.RunAsync(place.Account, now, cancellation)));
        foreach (var operation in found.SelectMany(some => some).Where(hold => hold.Text is not null).Select(Operation.Of).OrderBy(OperationPlace.Of, order))
        {
            if (after is null || order.Compare(OperationPlace.Of(operation), after) > 0)
                yield return operation;
        }
    }

    private static async IAsyncEnumerable<Operation> FirstAsync(IAsyncEnumerable<Operation> orders, int count, OperationOrder order)
    {
        var first = new FirstOperations(count, order);
        await foreach (var operation in orders)
            first.Add(operation);
        foreach (var operation in first.InOrder())
            yield return operation;
    }
}

using Serverless.Banking.History;

namespace Serverless.Banking.Budget;

/// <summary>The operations of the current month that count towards the budget.</summary>
public sealed class ListSpending
{
    private readonly ReadBudget read;

    internal ListSpending(ReadBudget read) => this.read = read;

    /// <param name="category">Only of this one; null for all.</param>
    /// <returns>Newest first. Or <see cref="BudgetNotActive"/>. Every page costs what <see cref="ReadBudget"/> does.</returns>
    public async Task<Result<Page<SpendingItem>>> RunAsync(CustomerId customer, string? category, PageRequest page, CancellationToken cancellation)
    {
        var overview = await read.RunAsync(customer, cancellation);
        if (!overview.IsSuccess)
            return overview.Error;
        var order = new OperationOrder(OperationSort.DateNewestFirst);
        var after = page.After is { } place ? OperationPlace.Read(place) : null;
        var rest = overview.Value.Items
            .Where(item => (category is null || item.Category == category) && (after is null || order.Compare(OperationPlace.Of(item.Operation), after) > 0))
            .Take(page.Limit + 1).ToArray();
        return new Page<SpendingItem>(
            [.. rest.Take(page.Limit)], rest.Length > page.Limit ? OperationPlace.Of(rest[page.Limit - 1].Operation).Write() : null);
    }
}

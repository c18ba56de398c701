using NodaTime;
using Serverless.Banking.History;

namespace Serverless.Banking.Budget;

public enum PlannedState
{
    /// <summary>Its day is still to come.</summary>
    Upcoming,

    /// <summary>Its day has come and no operation is like it: it counts as spent (in cash, say).</summary>
    Counted,

    /// <summary>An operation was it: only that counts.</summary>
    Done,
}

/// <summary>One expense on its day in a month.</summary>
/// <param name="Value">In the budget's currency; null when the bank has no rate.</param>
/// <param name="Operation">Which it was; null unless done.</param>
public sealed record PlannedItem(Expense Expense, LocalDate On, Money? Value, PlannedState State, OperationId? Operation);

/// <summary>Finds the operations that were planned expenses (HIST-18): same category, within three days and a tenth of the amount.</summary>
internal static class ExpenseMatching
{
    public const int DaysApart = 3;

    /// <param name="planned">The month's, with what they were found to be before.</param>
    /// <param name="spent">With three days more on both sides.</param>
    /// <returns>In the order given. An operation is one expense only: of several that it could be, the nearest day, then the nearest amount.</returns>
    public static IReadOnlyList<PlannedItem> Run(IReadOnlyList<PlannedItem> planned, IReadOnlyList<SpendingItem> spent)
    {
        var found = planned.Where(item => item.Operation is not null).ToDictionary(item => (item.Expense.Id, item.On), item => item.Operation!.Value);
        var taken = found.Values.ToHashSet();
        var candidates =
            from item in planned
            where item.Operation is null
            from operation in spent
            where operation.Category == item.Expense.Category && IsNear(item, operation)
            orderby DaysBetween(item, operation), AmountBetween(item, operation), item.Expense.CreatedAt, operation.Operation.Id.Value
            select (item, operation);
        foreach (var (item, operation) in candidates.ToArray())
        {
            if (!found.ContainsKey((item.Expense.Id, item.On)) && taken.Add(operation.Operation.Id))
                found[(item.Expense.Id, item.On)] = operation.Operation.Id;
        }

        return [.. planned.Select(item => found.TryGetValue((item.Expense.Id, item.On), out var operation)
            ? item with { State = PlannedState.Done, Operation = operation }
            : item)];
    }

    private static bool IsNear(PlannedItem item, SpendingItem operation) =>
        item.Value is { } planned && operation.Value is { IsPositive: true } && DaysBetween(item, operation) <= DaysApart
        && AmountBetween(item, operation) * 10m <= planned.Minor;

    private static int DaysBetween(PlannedItem item, SpendingItem operation) => Math.Abs(Period.DaysBetween(item.On, operation.On));

    private static decimal AmountBetween(PlannedItem item, SpendingItem operation) => Math.Abs((decimal)item.Value!.Minor - operation.Value!.Minor);
}

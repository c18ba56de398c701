using NodaTime;
using Serverless.Banking.Fx;

namespace Serverless.Banking.Budget;

/// <summary>The customer's spending of a month beside what he meant to spend (HIST-08).</summary>
/// <param name="Spent">Operations, and planned expenses whose day has come without one.</param>
/// <param name="Planned">Still to come this month.</param>
/// <param name="Items">The month's operations that count, newest first.</param>
/// <param name="Expenses">The month's, by day.</param>
/// <param name="WithoutRate">Currencies of operations that could not be counted, because the bank has no rate for them.</param>
public sealed record BudgetOverview(
    BudgetPlan Plan, YearMonth Month, Money Spent, Money Planned, IReadOnlyList<CategorySpending> Categories, IReadOnlyList<SpendingItem> Items,
    IReadOnlyList<PlannedItem> Expenses, IReadOnlyList<Currency> WithoutRate)
{
    /// <summary>Negative when more was spent than meant.</summary>
    public Money Remaining => Plan.Amount - Spent;

    /// <summary>Rounded down; never negative.</summary>
    public long PercentSpent => (long)Math.Max(0, decimal.Floor(Spent.Minor * 100m / Plan.Amount.Minor));
}

public sealed record CategorySpending(string Category, Money Spent, Money Planned);

/// <summary>The budget of the current month.</summary>
public sealed class ReadBudget
{
    private readonly BudgetTable table;
    private readonly MonthSpending spending;
    private readonly DayRates rates;
    private readonly TimeProvider time;

    internal ReadBudget(BudgetTable table, MonthSpending spending, DayRates rates, TimeProvider time) =>
        (this.table, this.spending, this.rates, this.time) = (table, spending, rates, time);

    /// <returns>Or <see cref="BudgetNotActive"/>. Costs what <see cref="MonthSpending"/> does, and one storage call for everything of the budget.</returns>
    public async Task<Result<BudgetOverview>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var month = BudgetMonth.Of(now);
        var state = await table.ReadAsync(customer, month, cancellation);
        return state.Plan is { IsActive: true } plan
            ? await LookAsync(plan, state, month, now, cancellation)
            : BudgetTable.NotActive(state.Plan, now);
    }

    internal async Task<BudgetOverview> LookAsync(BudgetPlan plan, BudgetState state, YearMonth month, Instant now, CancellationToken cancellation)
    {
        var today = now.InZone(BankTime.Tirane).Date;
        var spent = await spending.ReadAsync(plan, state, month, cancellation);
        var planned = new List<PlannedItem>();
        foreach (var about in new[] { month.PlusMonths(-1), month, month.PlusMonths(1) })
        {
            foreach (var expense in state.Expenses)
            {
                // The neighbouring months' are there only so that an operation near the edge is taken by the expense it belongs to.
                if (expense.In(about) is { } on && Math.Abs(Distance(on, month)) <= ExpenseMatching.DaysApart)
                    planned.Add(await PlanAsync(plan, state, expense, on, today, cancellation));
            }
        }

        var matched = ExpenseMatching.Run(planned, spent);
        return Sum(plan, month, [.. spent.Where(item => item.On.ToYearMonth() == month)], [.. matched.Where(item => item.On.ToYearMonth() == month).OrderBy(item => item.On).ThenBy(item => item.Expense.CreatedAt)]);
    }

    private async Task<PlannedItem> PlanAsync(
        BudgetPlan plan, BudgetState state, Expense expense, LocalDate on, LocalDate today, CancellationToken cancellation)
    {
        var value = await rates.ConvertAsync(expense.Amount, plan.Amount.Currency, LocalDate.Min(on, today), cancellation);
        return state.Done.TryGetValue(BudgetKeys.Done(expense.Id, on.ToYearMonth()), out var operation)
            ? new PlannedItem(expense, on, value, PlannedState.Done, operation)
            : new PlannedItem(expense, on, value, on > today ? PlannedState.Upcoming : PlannedState.Counted, null);
    }

    private static BudgetOverview Sum(BudgetPlan plan, YearMonth month, IReadOnlyList<SpendingItem> items, IReadOnlyList<PlannedItem> expenses)
    {
        var zero = Money.Zero(plan.Amount.Currency);
        var sums = new SortedDictionary<string, CategorySpending>(StringComparer.Ordinal);
        foreach (var item in items)
            Add(item.Category, item.Value, null);
        foreach (var item in expenses)
            Add(item.Expense.Category, item.State == PlannedState.Counted ? item.Value : null, item.State == PlannedState.Upcoming ? item.Value : null);

        return new BudgetOverview(
            plan, month, sums.Values.Aggregate(zero, (sum, category) => sum + category.Spent), sums.Values.Aggregate(zero, (sum, category) => sum + category.Planned),
            [.. sums.Values.OrderByDescending(category => category.Spent.Minor).ThenBy(category => category.Category, StringComparer.Ordinal)], items, expenses,
            [.. items.Where(item => item.Value is null).Select(item => item.Operation.Amount.Currency).Distinct()]);

        void Add(string category, Money? spent, Money? planned)
        {
            var known = sums.GetValueOrDefault(category, new CategorySpending(category, zero, zero));
            sums[category] = known with { Spent = known.Spent + (spent ?? zero), Planned = known.Planned + (planned ?? zero) };
        }
    }

    private static int Distance(LocalDate day, YearMonth month)
    {
        var days = month.ToDateInterval();
        return day < days.Start ? Period.DaysBetween(day, days.Start) : day > days.End ? Period.DaysBetween(days.End, day) : 0;
    }
}

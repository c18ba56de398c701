using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Budget;

/// <summary>One booked operation that counts towards the budget.</summary>
/// <param name="Value">In the budget's currency, at the rate of the operation's day; negative for money that came back. Null when the bank has no rate.</param>
/// <param name="IsChosen">The customer chose the category, for this operation or for whom it paid.</param>
public sealed record SpendingItem(Operation Operation, LocalDate On, Money? Value, string Category, bool IsChosen);

/// <summary>Reads what was spent in a month: the month's entries of the budget's accounts and nothing else of them.</summary>
/// <remarks>
/// One storage call for the customer's accounts, one for each of them (which has its newest 200 entries), and one more for every 1000 entries of
/// the month beyond these.
/// </remarks>
internal sealed class MonthSpending(ListAccounts accounts, ReadEntries newest, ScanEntries scan, SpendingRules rules, DayRates rates)
{
    /// <param name="month">The current one: it is read from its newest entry back.</param>
    /// <returns>Newest first, with the days about the month that an expense of it may belong to.</returns>
    public async Task<IReadOnlyList<SpendingItem>> ReadAsync(BudgetPlan plan, BudgetState state, YearMonth month, CancellationToken cancellation)
    {
        var days = month.ToDateInterval();
        var period = new Interval(
            BudgetMonth.Begins(days.Start.PlusDays(-ExpenseMatching.DaysApart)), BudgetMonth.Begins(days.End.PlusDays(ExpenseMatching.DaysApart + 1)));
        var ids = new List<AccountId>();
        await foreach (var id in accounts.IdsAsync(plan.Customer, cancellation))
            ids.Add(id);
        var found = await Task.WhenAll(ids.Select(id => newest.NewestAsync(id, plan.Accounts.Contains(id) ? ReadEntries.PageAtMost : 1, cancellation)));
        var ownIbans = found.OfType<NewestEntries>().Select(account => account.Book.Iban).ToHashSet(StringComparer.Ordinal);

        var operations = new List<Operation>();
        foreach (var account in found.OfType<NewestEntries>().Where(account => plan.Accounts.Contains(account.Book.Id)))
            operations.AddRange(await ReadAsync(account, period, rules, ownIbans, cancellation));

        var items = new List<SpendingItem>();
        foreach (var operation in WithoutReturned(operations))
        {
            var on = operation.At.InZone(BankTime.Tirane).Date;
            var value = await rates.ConvertAsync(-operation.Amount, plan.Amount.Currency, on, cancellation);
            var (category, isChosen) = CategoryOf(operation, state);
            items.Add(new SpendingItem(operation, on, value, category, isChosen));
        }

        return [.. items.OrderBy(item => OperationPlace.Of(item.Operation), new OperationOrder(OperationSort.DateNewestFirst))];
    }

    private async Task<List<Operation>> ReadAsync(
        NewestEntries account, Interval period, SpendingRules rules, IReadOnlySet<string> ownIbans, CancellationToken cancellation)
    {
        var taken = new List<Operation>();
        if (account.Entries.All(Take) && account.Entries is [.., { Sequence: > 1 } last])
        {
            await foreach (var entry in scan.NewestFirstAsync(account.Book.Id, last.Sequence - 1, ScanEntries.PageAtMost, cancellation))
            {
                if (!Take(entry))
                    break;
            }
        }

        return taken;

        bool Take(Entry entry)
        {
            var operation = Operation.Of(account.Book.Id, entry);
            if (period.Contains(entry.PostedAt) && (rules.IsSpending(operation, ownIbans) || rules.IsRefund(operation, ownIbans)))
                taken.Add(operation);
            return entry.PostedAt >= period.Start - ScanEntries.Disorder;
        }
    }

    /// <summary>What was paid and given back whole was never spent.</summary>
    private static IEnumerable<Operation> WithoutReturned(List<Operation> operations)
    {
        var returned = operations.Where(operation => operation.Amount.Minor > 0)
            .GroupBy(Mark).ToDictionary(same => same.Key, same => same.Count());
        foreach (var operation in operations.Where(operation => operation.Amount.Minor < 0))
        {
            if (returned.GetValueOrDefault(Mark(operation)) > 0)
                returned[Mark(operation)]--;
            else
                yield return operation;
        }

        // What came back in part, or for something of a month before, makes this month's spending less.
        foreach (var operation in operations.Where(operation => operation.Amount.Minor > 0))
        {
            if (returned.GetValueOrDefault(Mark(operation)) > 0)
            {
                returned[Mark(operation)]--;
                yield return operation;
            }
        }

        static (AccountId, string, long) Mark(Operation operation) => (operation.Account, operation.Reference, Math.Abs(operation.Amount.Minor));
    }

    private (string Category, bool IsChosen) CategoryOf(Operation operation, BudgetState state) =>
        state.Categories.TryGetValue(BudgetKeys.Operation(operation.Id), out var chosen)
        || (PartyMark.Of(operation.Counterparty) is { } mark && state.Categories.TryGetValue(BudgetKeys.Party(mark), out chosen))
            ? (chosen, true)
            : (rules.CategoryOf(operation), false);
}

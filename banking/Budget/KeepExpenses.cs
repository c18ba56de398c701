using NodaTime;

namespace Serverless.Banking.Budget;

/// <param name="Category">Id of a category; as typed.</param>
/// <param name="Type">Id of an expense type; as typed.</param>
/// <param name="PlannedOn">Null when it was left out.</param>
/// <param name="Description">Checked before.</param>
public sealed record ExpenseTerms(string Category, Money Amount, string Type, LocalDate? PlannedOn, string? Description);

/// <summary>Adds, changes, removes and lists the expenses that a customer plans (HIST-09, HIST-15).</summary>
public sealed class KeepExpenses
{
    private const int TriesAtMost = 8;
    private const int YearsAhead = 5;

    private readonly BudgetTable table;
    private readonly BudgetCatalogue catalogue;
    private readonly TimeProvider time;

    internal KeepExpenses(BudgetTable table, BudgetCatalogue catalogue, TimeProvider time) => (this.table, this.catalogue, this.time) = (table, catalogue, time);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <returns>The expense as it was added: for a repeated key the first one, whatever became of it. Or, first match: <see cref="BudgetNotActive"/>, the faults together
    /// (<see cref="CategoryUnknown"/>, <see cref="TypeUnknown"/>, <see cref="ExpenseCurrencyMismatch"/>, <see cref="DateRequired"/>, <see cref="DateInPast"/>,
    /// <see cref="DateTooFar"/>), <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<Expense>> AddAsync(
        CustomerId customer, IdempotencyKey key, string requestHash, ExpenseTerms terms, CancellationToken cancellation)
    {
        var plan = await table.FindActiveAsync(customer, Now, cancellation);
        if (!plan.IsSuccess)
            return plan.Error;
        var made = Make(new ExpenseId(), customer, terms, plan.Value, before: null, Now);
        if (!made.IsSuccess)
            return made.Error;
        var expense = made.Value with { Id = ExpenseId.Of(customer, key) };
        return await table.AddExpenseAsync(expense, key, requestHash, cancellation) switch
        {
            null => expense,
            { } earlier when earlier.RequestHash == requestHash => expense with { CreatedAt = earlier.CreatedAt },
            _ => new IdempotencyKeyReused(),
        };
    }

    /// <param name="change">From the terms as they are.</param>
    /// <returns>The expense as it is now. Or, first match: <see cref="BudgetNotActive"/>, <see cref="ExpenseNotFound"/>, the faults of <see cref="AddAsync"/>,
    /// <see cref="BudgetBusy"/>.</returns>
    public async Task<Result<Expense>> ChangeAsync(
        CustomerId customer, ExpenseId id, Func<ExpenseTerms, ExpenseTerms> change, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var found = await FindStoredAsync(customer, id, cancellation);
            if (!found.IsSuccess)
                return found.Error;
            var (stored, plan) = found.Value;
            var before = stored.Expense;
            var made = Make(id, customer, change(TermsOf(before)), plan, before, before.CreatedAt);
            if (!made.IsSuccess || made.Value == before)
                return made;
            if (await table.ChangeExpenseAsync(stored, made.Value, cancellation))
                return made;
        }

        return new BudgetBusy();
    }

    /// <returns>What was removed. Or <see cref="BudgetNotActive"/>, <see cref="ExpenseNotFound"/>, <see cref="BudgetBusy"/>.</returns>
    public async Task<Result<Expense>> RemoveAsync(CustomerId customer, ExpenseId id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var found = await FindStoredAsync(customer, id, cancellation);
            if (!found.IsSuccess)
                return found.Error;
            if (await table.ChangeExpenseAsync(found.Value.Stored, null, cancellation))
                return found.Value.Stored.Expense;
        }

        return new BudgetBusy();
    }

    /// <returns>Or <see cref="BudgetNotActive"/>, <see cref="ExpenseNotFound"/>.</returns>
    public async Task<Result<Expense>> FindAsync(CustomerId customer, ExpenseId id, CancellationToken cancellation) =>
        (await FindStoredAsync(customer, id, cancellation)).Then(found => found.Stored.Expense);

    /// <returns>Those of all months, added last first. Or <see cref="BudgetNotActive"/>.</returns>
    public async Task<Result<Page<Expense>>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var plan = await table.FindActiveAsync(customer, Now, cancellation);
        return plan.IsSuccess ? await table.ListExpensesAsync(customer, page, cancellation) : plan.Error;
    }

    public static string TypeId(ExpenseType type) => type == ExpenseType.OneTime ? "one_time" : "recurring_monthly";

    private static ExpenseTerms TermsOf(Expense expense) =>
        new(expense.Category, expense.Amount, TypeId(expense.Type), expense.PlannedOn, expense.Description);

    private async Task<Result<(StoredExpense Stored, BudgetPlan Plan)>> FindStoredAsync(CustomerId customer, ExpenseId id, CancellationToken cancellation)
    {
        var finding = table.FindExpenseAsync(customer, id, cancellation);
        var plan = await table.FindActiveAsync(customer, Now, cancellation);
        var stored = await finding;
        return !plan.IsSuccess ? plan.Error : stored is null ? new ExpenseNotFound() : (stored, plan.Value);
    }

    /// <summary>What an expense has may stay although it could not be chosen now: a retired category, a day gone by, the currency of another budget.</summary>
    private Result<Expense> Make(ExpenseId id, CustomerId customer, ExpenseTerms terms, BudgetPlan plan, Expense? before, Instant createdAt)
    {
        var faults = new List<Invalid>();
        if (terms.Category != before?.Category && catalogue.FindCategory(terms.Category) is null)
            faults.Add(new CategoryUnknown("/category"));
        var type = before is not null && terms.Type == TypeId(before.Type) ? before.Type : catalogue.FindType(terms.Type);
        if (type is null)
            faults.Add(new TypeUnknown("/type", [.. catalogue.Types.Where(known => !known.IsRetired).Select(known => known.Id)]));
        if (terms.Amount != before?.Amount && terms.Amount.Currency != plan.Amount.Currency)
            faults.Add(new ExpenseCurrencyMismatch("/amount/currency", plan.Amount.Currency.Code));

        var today = Now.InZone(BankTime.Tirane).Date;
        var (earliest, latest) = (today.ToYearMonth().OnDayOfMonth(1), today.PlusYears(YearsAhead));
        if (terms.PlannedOn is not { } on)
            faults.Add(new DateRequired("/plannedOn"));
        else if (on != before?.PlannedOn && on < earliest)
            faults.Add(new DateInPast("/plannedOn", earliest));
        else if (on > latest)
            faults.Add(new DateTooFar("/plannedOn", latest));
        return faults.Count > 0
            ? new InvalidInput(faults)
            : new Expense(id, customer, terms.Category, terms.Amount, type!.Value, terms.PlannedOn!.Value, terms.Description, createdAt);
    }
}

using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Budget;
using Serverless.Banking.Customers;
using Serverless.Functions.History;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

// What several functions answer with.

[Description("A category of spending, or a type of expense.")]
public sealed record BudgetTermResponse(
    string Id, string Name, [property: Description("Name of a picture.")] string Icon,
    [property: Description("It stays on what has it, and cannot be chosen any more.")] bool IsRetired)
{
    public static BudgetTermResponse From(BudgetTerm term, Language language) => new(term.Id, term.Name(language), term.Icon, term.IsRetired);
}

public sealed record BudgetTermsResponse(IReadOnlyList<BudgetTermResponse> Items);

[Description("The settings of the budget.")]
public sealed record BudgetSettingsResponse(
    IReadOnlyList<Guid> AccountIds,
    [property: Description("For a calendar month, Europe/Tirane; its currency is the budget's.")] AmountDto Amount,
    Instant ActivatedAt,
    [property: Description("What was done, in the language of `Accept-Language`; null when nothing was.")] string? Message)
{
    public static BudgetSettingsResponse From(BudgetPlan plan, string? message = null) =>
        new([.. plan.Accounts.Select(account => account.Value)], AmountDto.From(plan.Amount), plan.ActivatedAt, message);

    public static string Saved(Language language) =>
        language.Say("Konfigurimi i buxhetit u ruajt.", "Your budget settings were saved.");
}

[Description("An expense that the customer plans.")]
public sealed record ExpenseResponse(
    Guid Id, BudgetTermResponse Category, AmountDto Amount, BudgetTermResponse Type,
    [property: Description("Of a monthly one the first.")] LocalDate PlannedOn, string? Description, Instant CreatedAt)
{
    public static ExpenseResponse From(Expense expense, BudgetCatalogue catalogue, Language language) => new(
        expense.Id.Value,
        BudgetTermResponse.From(catalogue.Category(expense.Category), language),
        AmountDto.From(expense.Amount),
        BudgetTermResponse.From(catalogue.Types.Single(type => type.Id == KeepExpenses.TypeId(expense.Type)), language),
        expense.PlannedOn,
        expense.Description,
        expense.CreatedAt);
}

[Description("A planned expense on its day of the month.")]
public sealed record PlannedExpenseResponse(
    ExpenseResponse Expense,
    LocalDate On,
    [property: Description("`upcoming`; `counted` as spent because its day has come; `done` by an operation, which counts instead.")] PlannedState State,
    [property: Description("The operation that it was; null unless done.")] string? OperationId);

[Description("An operation that counts towards the budget.")]
public sealed record SpendingResponse(
    OperationResponse Operation,
    [property: Description("In the budget's currency at the rate of the operation's day; negative for money that came back; null when the bank has no rate.")] AmountDto? Value,
    BudgetTermResponse Category,
    [property: Description("The customer chose the category.")] bool IsChosen)
{
    public static SpendingResponse From(SpendingItem item, BudgetCatalogue catalogue, Language language) => new(
        OperationResponse.From(item.Operation), AmountDto.FromOptional(item.Value),
        BudgetTermResponse.From(catalogue.Category(item.Category), language), item.IsChosen);
}

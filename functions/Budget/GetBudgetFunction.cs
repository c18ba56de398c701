using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Budget;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class GetBudgetFunction(ReadBudget read, BudgetCatalogue catalogue)
{
    [Function("Budget_Get")]
    [Access(Right.Info)]
    [Summary("Shows what was spent this month beside the budget, by category, and what is planned.")]
    [Answers<BudgetResponse>]
    [Refuses<BudgetNotActive>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget")] HttpRequest request) =>
        read.RunAsync(request.Customer(), request.HttpContext.RequestAborted)
            .Respond(overview => TypedResults.Ok(BudgetResponse.From(overview, catalogue, AcceptLanguage.Of(request))));
}

[Description("The budget of the current calendar month, Europe/Tirane.")]
public sealed record BudgetResponse(
    [property: Description("First day of the month.")] LocalDate FirstDay,
    [property: Description("Last day of the month.")] LocalDate LastDay,
    AmountDto Amount,
    [property: Description("Booked operations, and planned expenses whose day has come and that no operation was.")] AmountDto Spent,
    [property: Description("Negative when more was spent than the budget has.")] AmountDto Remaining,
    [property: Description("Of the budget, rounded down.")] long PercentSpent,
    [property: Description("Planned expenses still to come this month.")] AmountDto Planned,
    [property: Description("Those with spending or plans, the largest first.")] IReadOnlyList<CategoryResponse> Categories,
    [property: Description("Of this month, by day.")] IReadOnlyList<PlannedExpenseResponse> PlannedExpenses,
    [property: Description("Currencies of operations that are left out because the bank has no rate for them.")] IReadOnlyList<string> CurrenciesWithoutRate)
{
    public static BudgetResponse From(BudgetOverview overview, BudgetCatalogue catalogue, Language language)
    {
        var days = overview.Month.ToDateInterval();
        return new BudgetResponse(
            days.Start,
            days.End,
            AmountDto.From(overview.Plan.Amount),
            AmountDto.From(overview.Spent),
            AmountDto.From(overview.Remaining),
            overview.PercentSpent,
            AmountDto.From(overview.Planned),
            [.. overview.Categories.Select(category => new CategoryResponse(
                BudgetTermResponse.From(catalogue.Category(category.Category), language), AmountDto.From(category.Spent), AmountDto.From(category.Planned)))],
            [.. overview.Expenses.Select(item => new PlannedExpenseResponse(
                ExpenseResponse.From(item.Expense, catalogue, language), item.On, item.State, item.Operation?.Value))],
            [.. overview.WithoutRate.Select(currency => currency.Code)]);
    }
}

public sealed record CategoryResponse(BudgetTermResponse Category, AmountDto Spent, AmountDto Planned);

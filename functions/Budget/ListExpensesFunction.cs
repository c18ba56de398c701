using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class ListExpensesFunction(KeepExpenses expenses, BudgetCatalogue catalogue)
{
    [Function("Budget_ListExpenses")]
    [Access(Right.Info)]
    [Paged]
    [Summary("Lists the expenses that the customer added, the last one first.")]
    [Answers<PageResponse<ExpenseResponse>>]
    [Refuses<BudgetNotActive>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget/expenses")] HttpRequest request) =>
        expenses.ListAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, expense => ExpenseResponse.From(expense, catalogue, AcceptLanguage.Of(request)));
}

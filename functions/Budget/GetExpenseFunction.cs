using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class GetExpenseFunction(KeepExpenses expenses, BudgetCatalogue catalogue)
{
    [Function("Budget_GetExpense")]
    [Access(Right.Info)]
    [Summary("Shows one expense that the customer added.")]
    [Answers<ExpenseResponse>]
    [Refuses<BudgetNotActive>, Refuses<ExpenseNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget/expenses/{id:guid}")] HttpRequest request, Guid id) =>
        expenses.FindAsync(request.Customer(), new ExpenseId(id), request.HttpContext.RequestAborted)
            .Respond(expense => TypedResults.Ok(ExpenseResponse.From(expense, catalogue, AcceptLanguage.Of(request))));
}

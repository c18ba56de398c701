using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class RemoveExpenseFunction(KeepExpenses expenses)
{
    [Function("Budget_RemoveExpense")]
    [Access(Right.Payment)]
    [NotConfirmed("A note of the customer, no money.")]
    [Summary("Removes an expense that the customer added.")]
    [Answers(204)]
    [Refuses<BudgetNotActive>, Refuses<ExpenseNotFound>, Refuses<BudgetBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/budget/expenses/{id:guid}")] HttpRequest request, Guid id) =>
        expenses.RemoveAsync(request.Customer(), new ExpenseId(id), request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}

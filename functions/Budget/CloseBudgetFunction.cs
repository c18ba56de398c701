using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class CloseBudgetFunction(SaveBudget budgets)
{
    [Function("Budget_Close")]
    [Access(Right.Payment)]
    [Summary("Closes the budget; its settings and expenses are kept for twelve months.")]
    [Answers<BudgetClosedResponse>]
    [Refuses<BudgetNotActive>, Refuses<BudgetBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/budget/closure")] HttpRequest request) =>
        budgets.CloseAsync(request.Customer(), request.HttpContext.RequestAborted)
            .Respond(plan => TypedResults.Ok(new BudgetClosedResponse(plan.ClosedAt!.Value, plan.ErasedAt!.Value)));
}

public sealed record BudgetClosedResponse(Instant ClosedAt, [property: Description("Until then the budget can be taken up again; then it is erased.")] Instant KeptUntil);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class GetBudgetSettingsFunction(SaveBudget budgets)
{
    [Function("Budget_GetSettings")]
    [Access(Right.Info)]
    [Summary("Shows the settings of the budget.")]
    [Answers<BudgetSettingsResponse>]
    [Refuses<BudgetNotActive>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget/settings")] HttpRequest request) =>
        budgets.FindAsync(request.Customer(), request.HttpContext.RequestAborted).Respond(plan => TypedResults.Ok(BudgetSettingsResponse.From(plan)));
}

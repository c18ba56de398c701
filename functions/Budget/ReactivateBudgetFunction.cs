using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class ReactivateBudgetFunction(SaveBudget budgets)
{
    [Function("Budget_Reactivate")]
    [Access(Right.Payment)]
    [Summary("Takes up a closed budget again, with the settings and expenses it had.")]
    [Answers<BudgetSettingsResponse>]
    [Refuses<BudgetNotKept>, Refuses<BudgetBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/budget/reactivation")] HttpRequest request) =>
        budgets.ReactivateAsync(request.Customer(), request.HttpContext.RequestAborted)
            .Respond(plan => TypedResults.Ok(BudgetSettingsResponse.From(plan, BudgetSettingsResponse.Saved(AcceptLanguage.Of(request)))));
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class ListSpendingFunction(ListSpending list, BudgetCatalogue catalogue)
{
    [Function("Budget_ListOperations")]
    [Access(Right.Info)]
    [Summary("Lists this month's operations that count towards the budget, newest first, each with its category.")]
    [Paged(Default = 50, AtMost = 200)]
    [Query<SpendingQuery>]
    [Answers<PageResponse<SpendingResponse>>]
    [Refuses<BudgetNotActive>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget/operations")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Query<SpendingQuery>().Category, request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, item => SpendingResponse.From(item, catalogue, AcceptLanguage.Of(request)));
}

public sealed record SpendingQuery(
    [property: MaxLength(40), Description("Id of a category; all when absent."), Example("food")] string? Category = null);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Budget;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class ListCategoriesFunction(BudgetCatalogue catalogue)
{
    [Function("Budget_ListCategories")]
    [Access(Right.Info)]
    [Summary("Lists the categories of spending.", Details = "Names are in the language of `Accept-Language`.")]
    [Answers<BudgetTermsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget/categories")] HttpRequest request) =>
        TypedResults.Ok(new BudgetTermsResponse([.. catalogue.Categories.Select(term => BudgetTermResponse.From(term, AcceptLanguage.Of(request)))]));
}

public sealed class ListExpenseTypesFunction(BudgetCatalogue catalogue)
{
    [Function("Budget_ListExpenseTypes")]
    [Access(Right.Info)]
    [Summary("Lists the types of expenses.", Details = "Names are in the language of `Accept-Language`.")]
    [Answers<BudgetTermsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/budget/expense-types")] HttpRequest request) =>
        TypedResults.Ok(new BudgetTermsResponse([.. catalogue.Types.Select(term => BudgetTermResponse.From(term, AcceptLanguage.Of(request)))]));
}

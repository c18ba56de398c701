using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Budget;
using Serverless.Banking.History;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class RecategoriseOperationFunction(RecategoriseOperation recategorise, BudgetCatalogue catalogue)
{
    [Function("Budget_RecategoriseOperation")]
    [Access(Right.Payment)]
    [NotConfirmed("A note of the customer, no money.")]
    [Summary("Puts an operation into another category, and with it everything else paid to the same merchant or counterparty.")]
    [Body<ChosenCategoryRequest>]
    [Answers<ChosenCategoryResponse>]
    [Refuses<BudgetNotActive>, Refuses<CategoryUnknown>, Refuses<OperationNotFound>, Refuses<OperationNotSpending>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/budget/operations/{operation}/category")] HttpRequest request, string operation) =>
        request.ReadBody<ChosenCategoryRequest>()
            .Then(body => recategorise.RunAsync(request.Customer(), operation, body.Category, request.HttpContext.RequestAborted))
            .Respond(chosen => TypedResults.Ok(new ChosenCategoryResponse(
                chosen.Operation.Value, BudgetTermResponse.From(catalogue.Category(chosen.Category), AcceptLanguage.Of(request)), chosen.IsRemembered)));
}

public sealed record ChosenCategoryRequest([property: MaxLength(40), Description("Id of a category."), Example("leisure")] string Category);

public sealed record ChosenCategoryResponse(
    string OperationId, BudgetTermResponse Category,
    [property: Description("The merchant's or counterparty's other operations have it too; false for an operation that names nobody.")] bool IsRemembered);

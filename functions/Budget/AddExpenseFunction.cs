using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Budget;
using Serverless.Banking.Text;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class AddExpenseFunction(KeepExpenses expenses, BudgetCatalogue catalogue)
{
    [Function("Budget_AddExpense")]
    [Access(Right.Payment)]
    [Idempotent]
    [NotConfirmed("A note of the customer, no money.")]
    [Summary("Adds an expense that the customer plans, or has made outside of the bank.")]
    [Body<NewExpense>]
    [Answers<ExpenseResponse>(201)]
    [Refuses<BudgetNotActive>, Refuses<CategoryUnknown>, Refuses<TypeUnknown>, Refuses<ExpenseCurrencyMismatch>, Refuses<DateRequired>, Refuses<DateInPast>]
    [Refuses<DateTooFar>, Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/budget/expenses")] HttpRequest request) =>
        request.ReadBody<NewExpense>()
            .Then(body => body.ToTerms())
            .Then(terms => expenses.AddAsync(request.Customer(), request.IdempotencyKey(), request.BodyHash(), terms, request.HttpContext.RequestAborted))
            .Respond(expense => TypedResults.Created(
                $"/api/v1/budget/expenses/{expense.Id.Value}", ExpenseResponse.From(expense, catalogue, AcceptLanguage.Of(request))));
}

public sealed record NewExpense(
    [property: MaxLength(40), Description("Id of a category."), Example("housing")] string Category,
    [property: Description("In the budget's currency.")] AmountDto Amount,
    [property: MaxLength(40), Description("Id of an expense type."), Example("recurring_monthly")] string Type,
    [property: Description("Needed. Of the current month or later; a monthly expense recurs on this day, or on the month's last."), Example("2026-12-05")] LocalDate? PlannedOn = null,
    [property: Description("Letters, digits and spaces, 140 at most."), Example("Qira")] string? Description = null)
{
    internal Result<ExpenseTerms> ToTerms()
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.FindOptional(Description, "/description"));
        return input.Result(() => new ExpenseTerms(Category, amount, Type, PlannedOn, description));
    }
}

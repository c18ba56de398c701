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

public sealed class ChangeExpenseFunction(KeepExpenses expenses, BudgetCatalogue catalogue)
{
    [Function("Budget_ChangeExpense")]
    [Access(Right.Payment)]
    [NotConfirmed("A note of the customer, no money.")]
    [Summary("Changes an expense that the customer added.", Details = "A member that is absent stays as it is.")]
    [Body<ExpenseChange>]
    [Answers<ExpenseResponse>]
    [Refuses<BudgetNotActive>, Refuses<ExpenseNotFound>, Refuses<CategoryUnknown>, Refuses<TypeUnknown>, Refuses<ExpenseCurrencyMismatch>, Refuses<DateRequired>]
    [Refuses<DateInPast>, Refuses<DateTooFar>, Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<BudgetBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/budget/expenses/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<ExpenseChange>()
            .Then(body => body.ToChange())
            .Then(change => expenses.ChangeAsync(request.Customer(), new ExpenseId(id), change, request.HttpContext.RequestAborted))
            .Respond(expense => TypedResults.Ok(ExpenseResponse.From(expense, catalogue, AcceptLanguage.Of(request))));
}

public sealed record ExpenseChange(
    [property: MaxLength(40)] Optional<string> Category = default,
    Optional<AmountDto> Amount = default,
    [property: MaxLength(40)] Optional<string> Type = default,
    Optional<LocalDate> PlannedOn = default,
    [property: Description("Letters, digits and spaces; null takes it away.")] Optional<string?> Description = default)
{
    internal Result<Func<ExpenseTerms, ExpenseTerms>> ToChange()
    {
        var input = new Input();
        var amount = Amount.IsSet ? input.Money("/amount", Amount.Value!) : null;
        var description = Description.IsSet ? input.Take(Banking.Text.Description.FindOptional(Description.Value, "/description")) : null;
        return input.Result<Func<ExpenseTerms, ExpenseTerms>>(() => terms => new ExpenseTerms(
            Category.Or(terms.Category)!, amount ?? terms.Amount, Type.Or(terms.Type)!, PlannedOn.IsSet ? PlannedOn.Value : terms.PlannedOn,
            Description.IsSet ? description : terms.Description));
    }
}

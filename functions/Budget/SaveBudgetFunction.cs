using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Budget;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Budget;

public sealed class SaveBudgetFunction(SaveBudget save)
{
    [Function("Budget_Save")]
    [Access(Right.Payment)]
    [NotConfirmed("A plan of the customer, no money.")]
    [Summary("Activates the budget, or changes its accounts and amount.")]
    [Body<BudgetSettings>]
    [Answers<BudgetSettingsResponse>]
    [Refuses<NoAccount>, Refuses<AccountNotFound>, Refuses<CurrencyNotExchanged>, Refuses<BudgetBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/budget/settings")] HttpRequest request) =>
        request.ReadBody<BudgetSettings>()
            .Then(body => body.ToAmount())
            .Then(order => save.RunAsync(request.Customer(), order.Accounts, order.Amount, request.HttpContext.RequestAborted))
            .Respond(plan => TypedResults.Ok(BudgetSettingsResponse.From(plan, BudgetSettingsResponse.Saved(AcceptLanguage.Of(request)))));
}

public sealed record BudgetSettings(
    [property: MaxLength(50), Description("The accounts whose spending counts; at least one.")] IReadOnlyList<Guid> AccountIds,
    [property: Description("For a calendar month; its currency is the budget's, in general ALL.")] AmountDto Amount)
{
    /// <summary>Both faults at once.</summary>
    internal Result<(IReadOnlyList<AccountId> Accounts, Money Amount)> ToAmount()
    {
        var input = new Input();
        input.Check(AccountIds.Count > 0, () => new NoAccount("/accountIds"));
        var amount = input.Money("/amount", Amount);
        return input.Result<(IReadOnlyList<AccountId>, Money)>(() => ([.. AccountIds.Select(id => new AccountId(id))], amount));
    }
}

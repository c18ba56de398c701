using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class SaveSubscriptionFunction(SaveSubscription save)
{
    [Function("Accounts_SaveStatementSubscription")]
    [Access(Right.Payment)]
    [NotConfirmed("Statements go to the registered address and nowhere else.")]
    [Summary("Begins or changes an account's periodic statements.")]
    [Body<SubscriptionRequest>]
    [Answers<SubscriptionResponse>(200)]
    [Refuses<EmailInvalid>, Refuses<FrequencyRequired>, Refuses<DayOutOfRange>, Refuses<AccountNotFound>, Refuses<SubscriptionNotFound>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/accounts/{accountId:guid}/statement-subscription")] HttpRequest request, Guid accountId) =>
        request.ReadBody<SubscriptionRequest>()
            .Then(body => body.ToChoice())
            .Then(choice => save.RunAsync(request.Customer(), new AccountId(accountId), choice, request.HttpContext.RequestAborted))
            .Respond(subscription => TypedResults.Ok(SubscriptionResponse.From(subscription)));
}

public sealed record SubscriptionRequest(
    [property: MaxLength(254), Example("test@example.com")] string? Email = null,
    StatementFrequency? Frequency = null,
    [property: Description("1 to 31; in a month without the day its last one."), Example("31")] int? Day = null)
{
    public Result<StatementChoice> ToChoice()
    {
        var input = new Input();
        var choice = StatementInput.Choice(input, wanted: true, Email, Frequency, Day);
        return input.Result(() => choice!);
    }
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class FindSubscriptionFunction(FindSubscription find)
{
    [Function("Accounts_FindStatementSubscription")]
    [Access(Right.Info)]
    [Summary("Shows where and how often an account's statements are sent.")]
    [Answers<SubscriptionResponse>(200)]
    [Refuses<AccountNotFound>, Refuses<SubscriptionNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}/statement-subscription")] HttpRequest request, Guid accountId) =>
        find.RunAsync(request.Customer(), new AccountId(accountId), request.HttpContext.RequestAborted)
            .Respond(subscription => TypedResults.Ok(SubscriptionResponse.From(subscription)));
}

public sealed class SaveSubscriptionFunction(SaveSubscription save)
{
    [Function("Accounts_SaveStatementSubscription")]
    [Access(Right.Payment)]
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

public sealed class StopSubscriptionFunction(SaveSubscription save)
{
    [Function("Accounts_StopStatementSubscription")]
    [Access(Right.Payment)]
    [Summary("Stops an account's periodic statements; stopping again changes nothing.")]
    [Answers<SubscriptionResponse>(200)]
    [Refuses<AccountNotFound>, Refuses<SubscriptionNotFound>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/accounts/{accountId:guid}/statement-subscription")] HttpRequest request, Guid accountId) =>
        save.RunAsync(request.Customer(), new AccountId(accountId), null, request.HttpContext.RequestAborted)
            .Respond(subscription => TypedResults.Ok(SubscriptionResponse.From(subscription)));
}

[Description("An account's periodic statements.")]
public sealed record SubscriptionResponse(
    Guid AccountId, bool Enabled, string Email, StatementFrequency Frequency, int Day,
    [property: Description("When the next one is sent; null when they were stopped.")] LocalDate? NextDate)
{
    public static SubscriptionResponse From(StatementSubscription subscription) => new(
        subscription.Account.Value, subscription.IsEnabled, subscription.Choice.Email, subscription.Choice.Frequency, subscription.Choice.Day, subscription.NextOn);
}

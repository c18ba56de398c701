using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
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

[Description("An account's periodic statements.")]
public sealed record SubscriptionResponse(
    Guid AccountId, bool Enabled, string Email, StatementFrequency Frequency, int Day,
    [property: Description("When the next one is sent; null when they were stopped.")] LocalDate? NextDate)
{
    public static SubscriptionResponse From(StatementSubscription subscription) => new(
        subscription.Account.Value, subscription.IsEnabled, subscription.Choice.Email, subscription.Choice.Frequency, subscription.Choice.Day, subscription.NextOn);
}

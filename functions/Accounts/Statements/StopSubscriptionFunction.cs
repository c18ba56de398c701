using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class StopSubscriptionFunction(SaveSubscription save)
{
    [Function("Accounts_StopStatementSubscription")]
    [Access(Right.Payment)]
    [NotConfirmed("Statements go to the registered address and nowhere else.")]
    [Summary("Stops an account's periodic statements; stopping again changes nothing.")]
    [Answers<SubscriptionResponse>(200)]
    [Refuses<AccountNotFound>, Refuses<SubscriptionNotFound>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/accounts/{accountId:guid}/statement-subscription")] HttpRequest request, Guid accountId) =>
        save.RunAsync(request.Customer(), new AccountId(accountId), null, request.HttpContext.RequestAborted)
            .Respond(subscription => TypedResults.Ok(SubscriptionResponse.From(subscription)));
}

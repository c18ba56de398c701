using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class GetAccountFunction(FindAccount find, ShowHome home)
{
    [Function("Accounts_Get")]
    [Access(Right.Info)]
    [Summary("Shows one account of the customer with its balance.")]
    [Answers<AccountResponse>(200)]
    [Refuses<AccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{accountId:guid}")] HttpRequest request, Guid accountId) =>
        find.RunAsync(request.Customer(), new AccountId(accountId), request.HttpContext.RequestAborted)
            .Then(async account => (Result<AccountWithCard>)await home.WithCardAsync(account, request.HttpContext.RequestAborted))
            .Respond(account => TypedResults.Ok(AccountResponse.From(account)));
}

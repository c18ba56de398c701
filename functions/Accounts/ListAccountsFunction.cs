using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ListAccountsFunction(ShowHome home)
{
    [Function("Accounts_List")]
    [Access(Right.Info)]
    [Summary("Lists the customer's accounts with their balances.")]
    [Answers<AccountsResponse>(200)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts")] HttpRequest request)
    {
        var accounts = await home.ListAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new AccountsResponse([.. accounts.Select(AccountResponse.From)]));
    }
}

/// <param name="Items">The main account first, then in order of opening.</param>
public sealed record AccountsResponse(IReadOnlyList<AccountResponse> Items);

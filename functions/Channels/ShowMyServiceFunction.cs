using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Channels;

public sealed class ShowMyServiceFunction(ServiceOptions options, ListAccounts accounts)
{
    [Function("Channels_ShowMyService")]
    [Access(Right.Info)]
    [Summary("Tells how customer service and the customer's own branch are reached.", Details = "The branch is the one that keeps the customer's main account.")]
    [Answers<ServiceResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/customer-service")] HttpRequest request)
    {
        var main = await accounts.RunAsync(request.Customer(), request.HttpContext.RequestAborted) is [var first, ..] ? first : null;
        return TypedResults.Ok(new ServiceResponse(options.Phone, options.Hours, main is null ? null : Branch(main.Iban.Electronic)));
    }

    /// <summary>AL, two check digits, three of the bank, four of the branch.</summary>
    private BranchResponse Branch(string iban)
    {
        var code = iban[7..11];
        var known = options.Branches.TryGetValue(code, out var branch) ? branch : null;
        return new BranchResponse(code, known?.Name, known?.Address);
    }
}

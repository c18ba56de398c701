using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ListProductsFunction
{
    [Function("Accounts_ListProducts")]
    [Access(Right.Info)]
    [Summary("Lists the accounts that a customer can open, with their currencies and minimums.")]
    [Answers<AccountProductsResponse>(200)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/products")] HttpRequest request) => TypedResults.Ok(new AccountProductsResponse(
        [.. AccountProducts.All.Select(product => new AccountProductResponse(
            product.Type, [.. product.Currencies.Select(offered => new OfferedCurrencyResponse(offered.Currency, offered.Minimum))]))]));
}

public sealed record AccountProductsResponse(IReadOnlyList<AccountProductResponse> Items);

public sealed record AccountProductResponse(AccountType Type, IReadOnlyList<OfferedCurrencyResponse> Currencies);

public sealed record OfferedCurrencyResponse(Currency Currency, [property: Description("Least initial amount, and what must stay; zero for current accounts.")] Money Minimum);

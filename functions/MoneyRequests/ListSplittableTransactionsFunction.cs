using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class ListSplittableTransactionsFunction(ListSplittableTransactions list)
{
    [Function("MoneyRequests_ListSplittable")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The executed debits of an account that may be split, newest first.",
        Details = "A search may give fewer items than asked for and still a next page.")]
    [Query<SplittableFilter>]
    [Answers<PageResponse<SplittableTransactionResponse>>]
    [Refuses<AccountNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/money-requests/splits/transactions")] HttpRequest request)
    {
        var filter = request.Query<SplittableFilter>();
        return list.RunAsync(request.Customer(), new AccountId(filter.AccountId), filter.Search, request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, SplittableTransactionResponse.From);
    }
}

public sealed record SplittableFilter(
    Guid AccountId,
    [property: MaxLength(70), Description("Part of the description, the other party's name or the amount.")] string? Search = null);

public sealed record SplittableTransactionResponse(
    Guid TransactionId, LocalDate Date, string Description, Money Amount, [property: Description("It was split before, among whomever.")] bool IsSplit)
{
    public static SplittableTransactionResponse From(SplittableTransaction it) => new(it.Id.Value, it.Date, it.Description, it.Amount, it.IsSplit);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.History;

public sealed class ListOperationsFunction(ListOperations list)
{
    [Function("History_ListOperations")]
    [Access(Right.Info)]
    [Summary("Lists the operations of all the customer's accounts, newest first unless told otherwise.",
        Details = "A page may hold fewer operations than asked for, or none, while there is a next one. What is sorted by amount without a period is that of the last twelve months.")]
    [Paged(Default = 50, AtMost = 200)]
    [Query<OperationsQuery>]
    [Answers<PageResponse<OperationResponse>>]
    [Refuses<EndBeforeStart>, Refuses<PeriodTooLong>, Refuses<PeriodNotOnline>, Refuses<MinAboveMax>, Refuses<CurrencyUnknown>, Refuses<AccountNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operations")] HttpRequest request) =>
        request.Query<OperationsQuery>().ToFilter()
            .Then(filter => list.RunAsync(request.Customer(), filter, request.Page(), request.HttpContext.RequestAborted))
            .RespondPage(request, OperationResponse.From);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class ListMoneyRequestsFunction(ListMoneyRequests list)
{
    [Function("MoneyRequests_List")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The money requests the customer has sent and received, newest first.",
        Details = "With a filter by state a page may have fewer items than asked for and still a next one.")]
    [Query<MoneyRequestFilter>]
    [Answers<PageResponse<MoneyRequestResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/money-requests")] HttpRequest request)
    {
        var filter = request.Query<MoneyRequestFilter>();
        return list.RunAsync(request.Customer(), filter.Direction, filter.State, request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, MoneyRequestResponse.From);
    }
}

public sealed record MoneyRequestFilter(RequestDirection? Direction = null, MoneyRequestState? State = null);

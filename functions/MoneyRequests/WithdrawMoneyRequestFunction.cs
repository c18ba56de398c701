using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class WithdrawMoneyRequestFunction(EndMoneyRequest end)
{
    [Function("MoneyRequests_Withdraw")]
    [Access(Right.Payment)]
    [Summary("The requester withdraws an open request, for ever.", Details = "Withdrawing again changes nothing.")]
    [Answers<MoneyRequestResponse>]
    [Refuses<MoneyRequestNotFound>, Refuses<NotTheRequester>, Refuses<MoneyRequestNotOpen>, Refuses<MoneyRequestBeingPaid>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/{id:guid}/withdrawal")] HttpRequest request, Guid id) =>
        end.WithdrawAsync(request.Customer(), new MoneyRequestId(id), request.HttpContext.RequestAborted)
            .Respond(seen => TypedResults.Ok(MoneyRequestResponse.From(seen)));
}

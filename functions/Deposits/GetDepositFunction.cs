using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public sealed class GetDepositFunction(FindDeposits find, BankCalendar calendar)
{
    [Function("Deposits_Get")]
    [Access(Right.Info)]
    [Summary("One deposit with its rate, maturity, gain and renewal; also one that has ended.")]
    [Answers<DepositResponse>]
    [Refuses<DepositNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/deposits/{depositId:guid}")] HttpRequest request, Guid depositId) =>
        find.RunAsync(request.Customer(), new DepositId(depositId), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.Ok(DepositResponse.From(it, calendar)));
}

using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class CountMoneyRequestsFunction(CountReceivedRequests count)
{
    [Function("MoneyRequests_Count")]
    [Access(Right.Info)]
    [Summary("How many received money requests wait for the customer's answer.", Details = "For the notifications and requests icon.")]
    [Answers<MoneyRequestCountResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/money-requests/count")] HttpRequest request) =>
        TypedResults.Ok(new MoneyRequestCountResponse(await count.RunAsync(request.Customer(), request.HttpContext.RequestAborted)));
}

public sealed record MoneyRequestCountResponse([property: Description("Open requests received.")] int OpenReceived);

using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public sealed class ListDepositsFunction(FindDeposits find, BankCalendar calendar)
{
    [Function("Deposits_List")]
    [Access(Right.Info)]
    [Summary("The customer's current deposits, the next one to mature first.")]
    [Answers<DepositsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/deposits")] HttpRequest request) => TypedResults.Ok(
        new DepositsResponse([.. (await find.ListAsync(request.Customer(), request.HttpContext.RequestAborted)).Select(it => DepositResponse.From(it, calendar))]));
}

public sealed record DepositsResponse([property: Description("All of them; one that was paid out is not current any more.")] IReadOnlyList<DepositResponse> Items);

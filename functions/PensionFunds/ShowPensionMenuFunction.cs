using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class ShowPensionMenuFunction(FindFunds find)
{
    [Function("PensionFunds_ShowMenu")]
    [Access(Right.Info)]
    [Summary("The entries of the pension menu and where each begins, and whether the caller has a fund.")]
    [Answers<PensionMenuResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-funds/menu")] HttpRequest request)
    {
        var funds = await find.ListAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new PensionMenuResponse(
            funds.Count > 0,
            [
                new PensionEntryResponse("open_fund", ["/api/v1/pension-plans", "/api/v1/pension-funds/applications"]),
                new PensionEntryResponse("my_funds", ["/api/v1/pension-funds"]),
                new PensionEntryResponse("add_funds", ["/api/v1/pension-funds", "/api/v1/pension-funds/{fundId}/contributions/quotes"]),
            ]));
    }
}

public sealed record PensionMenuResponse([property: Description("One whose contract is signed.")] bool HasFunds, IReadOnlyList<PensionEntryResponse> Items);

public sealed record PensionEntryResponse(
    [property: Example("open_fund")] string Code, [property: Description("Addresses, the first one to begin with.")] IReadOnlyList<string> Operations);

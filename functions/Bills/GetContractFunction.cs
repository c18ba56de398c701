using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class GetContractFunction(ListContracts contracts)
{
    [Function("Bills_GetContract")]
    [Access(Right.Info)]
    [Summary("One contract, with what is open on it.")]
    [Answers<ContractOverviewResponse>]
    [Refuses<ContractNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/contracts/{id:guid}")] HttpRequest request, Guid id) =>
        contracts.FindAsync(request.Customer(), new ContractId(id), request.HttpContext.RequestAborted)
            .Respond(contract => TypedResults.Ok(ContractOverviewResponse.From(contract)));
}

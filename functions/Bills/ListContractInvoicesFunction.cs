using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ListContractInvoicesFunction(ListUnpaidInvoices list)
{
    [Function("Bills_ListContractInvoices")]
    [Access(Right.Info)]
    [Summary("The unpaid invoices of a contract, as the company reports them.",
        Details = "When the company does not answer, the last it said, marked `isStale` with its time `asOf`.")]
    [Answers<UnpaidInvoicesResponse>]
    [Refuses<ContractNotFound>, Refuses<ClientCodeUnknown>, Refuses<CompanyUnavailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/contracts/{id:guid}/invoices")] HttpRequest request, Guid id) =>
        list.OfContractAsync(request.Customer(), new ContractId(id), request.HttpContext.RequestAborted)
            .Respond(unpaid => TypedResults.Ok(UnpaidInvoicesResponse.From(unpaid)));
}

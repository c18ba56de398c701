using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class RemoveContractFunction(RemoveContract remove)
{
    [Function("Bills_RemoveContract")]
    [Access(Right.Payment)]
    [NotConfirmed("It ends pushes; what pays by itself is ended by its own operation.")]
    [Summary("Removes a contract; its pushes end.", Details = "Refused while an active authorisation uses it.")]
    [Answers(204)]
    [Refuses<ContractNotFound>, Refuses<ContractInUse>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/bills/contracts/{id:guid}")] HttpRequest request, Guid id) =>
        remove.RunAsync(request.Customer(), new ContractId(id), request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}

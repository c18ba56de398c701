using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class RenameContractFunction(RenameContract rename)
{
    [Function("Bills_RenameContract")]
    [Access(Right.Payment)]
    [NotConfirmed("A name of the customer's own.")]
    [Summary("Gives a contract another name.")]
    [Body<RenameContractRequest>]
    [Answers<ContractResponse>]
    [Refuses<ContractNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/bills/contracts/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<RenameContractRequest>()
            .Then(body => rename.RunAsync(request.Customer(), new ContractId(id), body.Name, request.HttpContext.RequestAborted))
            .Respond(contract => TypedResults.Ok(ContractResponse.From(contract)));
}

public sealed record RenameContractRequest([property: MaxLength(Contract.NameLengthAtMost), Example("Shtëpia")] string Name);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class RemoveBeneficiaryFunction(RemoveBeneficiary remove)
{
    [Function("Beneficiaries_Remove")]
    [Access(Right.Payment)]
    [NotConfirmed("Forgetting a payee pays nobody.")]
    [Summary("Forgets a payee; past and periodic transfers keep their own copy.")]
    [Answers(204)]
    [Refuses<BeneficiaryNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/beneficiaries/{id:guid}")] HttpRequest request, Guid id) =>
        remove.RunAsync(request.Customer(), new BeneficiaryId(id), request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class GetBeneficiaryFunction(FindBeneficiary find)
{
    [Function("Beneficiaries_Get")]
    [Access(Right.Info)]
    [Summary("One registered payee.")]
    [Answers<BeneficiaryResponse>]
    [Refuses<BeneficiaryNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/beneficiaries/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new BeneficiaryId(id), request.HttpContext.RequestAborted)
            .Respond(one => TypedResults.Ok(BeneficiaryResponse.From(one)));
}

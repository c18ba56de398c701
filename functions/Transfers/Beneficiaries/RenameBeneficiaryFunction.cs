using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class RenameBeneficiaryFunction(RenameBeneficiary rename)
{
    [Function("Beneficiaries_Rename")]
    [Access(Right.Payment)]
    [NotConfirmed("A name of the customer's own; account and payee stay.")]
    [Summary("Changes what the customer calls a payee; past and periodic transfers keep their own copy.")]
    [Body<RenameBeneficiaryRequest>]
    [Answers<BeneficiaryResponse>]
    [Refuses<BeneficiaryNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "v1/beneficiaries/{id:guid}")] HttpRequest request, Guid id) =>
        request.ReadBody<RenameBeneficiaryRequest>()
            .Then(body => rename.RunAsync(request.Customer(), new BeneficiaryId(id), body.Alias?.Trim(), request.HttpContext.RequestAborted))
            .Respond(one => TypedResults.Ok(BeneficiaryResponse.From(one)));
}

public sealed record RenameBeneficiaryRequest([property: MaxLength(40), Description("Null takes it away."), Example("Qiraja")] string? Alias);

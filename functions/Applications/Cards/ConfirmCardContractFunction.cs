using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ConfirmCardContractFunction(ConfirmCardContract contract)
{
    [Function("CardApplications_ConfirmContract")]
    [Access(Right.Payment)]
    [NotConfirmed("It says that the contract was read; what binds is the qualified signature.")]
    [Summary("Records that the contract was read and is agreed to.")]
    [Body<ContractConfirmationBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<StepNotPossible>, Refuses<ContractDiffers>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/card-applications/{applicationId:guid}/contract-confirmation")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<ContractConfirmationBody>()
            .Then(body => contract.RunAsync(request.Customer(), applicationId, body.Sha256, request.HttpContext.RequestAborted))
            .Respond(confirmed => TypedResults.Ok(ApplicationResponse.From(confirmed)));
}

public sealed record ContractConfirmationBody(
    [property: MaxLength(64), Pattern("[0-9a-f]{64}"), Description("Of the contract that was read."), Example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")] string Sha256);

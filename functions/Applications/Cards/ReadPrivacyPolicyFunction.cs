using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Credentials;
using Serverless.Functions.Http;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

public sealed class ReadPrivacyPolicyFunction(ReadPrivacyPolicy read, StartApplication workflow)
{
    [Function("CardApplications_ReadPrivacyPolicy")]
    [Access(Right.Payment)]
    [NotConfirmed("It says that something was read.")]
    [Summary("Records that the privacy policy was read; the identification comes next.")]
    [Body<PrivacyPolicyBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<PrivacyPolicyDiffers>, Refuses<StepNotPossible>, Refuses<ContractNotConfirmed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/card-applications/{applicationId:guid}/privacy-policy-reading")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<PrivacyPolicyBody>()
            .Then(body => read.RunAsync(request.Customer(), applicationId, body.Version, request.HttpContext.RequestAborted))
            .Then(it => workflow.WakeAsync(client, it))
            .Respond(it => TypedResults.Ok(ApplicationResponse.From(it)));
}

public sealed record PrivacyPolicyBody([property: MaxLength(20), Description("That was read."), Example("2026-01")] string Version);

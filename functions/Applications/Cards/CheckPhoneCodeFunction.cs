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

public sealed class CheckPhoneCodeFunction(CheckPhone check, StartApplication workflow)
{
    [Function("CardApplications_CheckPhoneCode")]
    [Access(Right.Payment)]
    [NotConfirmed("It is itself a proof.")]
    [Summary("Takes the code that was sent to the telephone.")]
    [Body<PhoneCodeBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>, Refuses<StepNotPossible>, Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/card-applications/{applicationId:guid}/phone-checks/code")] HttpRequest request, Guid applicationId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<PhoneCodeBody>()
            .Then(body => check.RunAsync(request.Customer(), applicationId, body.Code, request.HttpContext.RequestAborted))
            .Then(it => workflow.WakeAsync(client, it))
            .Respond(it => TypedResults.Ok(ApplicationResponse.From(it)));
}

public sealed record PhoneCodeBody([property: MaxLength(6), Pattern("[0-9]{6}"), Example("123456")] string Code);

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Credentials;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class SendPhoneCodeFunction(CheckPhone check)
{
    [Function("CardApplications_SendPhoneCode")]
    [Access(Right.Payment)]
    [NotConfirmed("It sends the code that proves something.")]
    [Summary("Sends a code to the telephone number, if it is the one on file.")]
    [Body<PhoneBody>]
    [Answers<SentCodeResponse>(201)]
    [Refuses<ApplicationNotFound>, Refuses<StepNotPossible>, Refuses<PhoneDiffers>, Refuses<MobileMissing>, Refuses<ChallengeCancelled>, Refuses<TooManyRequests>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/card-applications/{applicationId:guid}/phone-checks")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<PhoneBody>()
            .Then(body => check.SendAsync(request.Customer(), applicationId, body.Phone, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Created($"/api/v1/applications/{applicationId}", SentCodeResponse.From(sent)));
}

public sealed record PhoneBody([property: MaxLength(40), Description("As it is on file: `+355 69 123 4567`."), Example("+355691234567")] string Phone);

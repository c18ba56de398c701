using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class CheckRegistrationCodeFunction(CheckRegistrationCode check)
{
    [Function("Registrations_CheckCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the code that was sent to the client's mobile number.")]
    [Body<CodeRequest>]
    [Answers<RegistrationResponse>]
    [Refuses<RegistrationNotFound>, Refuses<RegistrationExpired>, Refuses<StepOutOfOrder>, Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations/{registrationId:guid}/code")] HttpRequest request, Guid registrationId) =>
        request.ReadBody<CodeRequest>()
            .Then(body => check.RunAsync(new RegistrationId(registrationId), body.Code, request.HttpContext.RequestAborted))
            .Respond(registration => TypedResults.Ok(RegistrationResponse.From(registration)));
}

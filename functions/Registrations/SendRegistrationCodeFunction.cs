using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class SendRegistrationCodeFunction(SendRegistrationCode send)
{
    [Function("Registrations_SendCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Sends the code of a registration once more.", Details = "It cancels the one before. Not sooner than half a minute after it, and at most five in an hour.")]
    [Answers<SentCodeResponse>]
    [Refuses<RegistrationNotFound>, Refuses<RegistrationExpired>, Refuses<StepOutOfOrder>, Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations/{registrationId:guid}/code-sends")] HttpRequest request, Guid registrationId) =>
        send.RunAsync(new RegistrationId(registrationId), request.HttpContext.RequestAborted).Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}

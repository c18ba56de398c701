using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class StartDocumentTrustFunction(TrustByDocument trust)
{
    [Function("Devices_StartDocumentTrust")]
    [Access(Right.Info)]
    [Summary("Begins to authorise the device that calls with the identity document.", Details = "After the password it gives the nonce that the device signs; then the chip is read and `POST /api/v1/devices/trust/document` ends it.")]
    [Body<DocumentTrustStartRequest>]
    [Answers<ChallengeResponse>]
    [Refuses<TrustedDeviceLimit>, Refuses<UserBlocked>, Refuses<UserLocked>, Refuses<LoginBusy>, Refuses<WrongPassword>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/trust/document/challenges")] HttpRequest request) =>
        request.ReadBody<DocumentTrustStartRequest>()
            .Then(body => trust.StartAsync(request.Device(), body.Password, request.HttpContext.RequestAborted))
            .Respond(challenge => TypedResults.Ok(ChallengeResponse.From(challenge)));
}

public sealed record DocumentTrustStartRequest([property: MaxLength(64)] string Password);

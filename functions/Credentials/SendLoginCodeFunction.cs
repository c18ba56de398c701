using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

public sealed class SendLoginCodeFunction(SendLoginCode send)
{
    [Function("Credentials_SendLoginCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Sends the code of a login once more.", Details = "It cancels the one before. Not sooner than half a minute after it, and at most five in an hour.")]
    [Answers<SentCodeResponse>]
    [Refuses<ChallengeExpired>, Refuses<ChallengeCancelled>, Refuses<MobileMissing>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login/{challengeId:guid}/code-sends")] HttpRequest request, Guid challengeId) =>
        send.RunAsync(new LoginChallengeId(challengeId), request.HttpContext.RequestAborted).Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class AskBankerFunction(AskBanker ask)
{
    [Function("Profile_AskBanker")]
    [Access(Right.Info)]
    [Idempotent]
    [NotConfirmed("Asking to be called moves nothing.")]
    [Summary("Asks the personal banker to call, in working hours.")]
    [Body<AskBankerRequest>]
    [Answers(202)]
    [Refuses<IdempotencyKeyReused>, Refuses<ProfileMissing>, Refuses<PersonalBankerMissing>, Refuses<OutOfHours>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/profile/personal-banker/contact-requests")] HttpRequest request) =>
        request.ReadBody<AskBankerRequest>()
            .Then(body => ask.RunAsync(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.Message, request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.StatusCode(StatusCodes.Status202Accepted));
}

public sealed record AskBankerRequest([property: MaxLength(500)] string? Message = null);

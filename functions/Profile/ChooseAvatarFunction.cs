using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class ChooseAvatarFunction(ChoosePhoto choose, PhotoAddresses addresses)
{
    [Function("Profile_ChooseAvatar")]
    [Access(Right.Payment)]
    [NotConfirmed("A picture, no right.")]
    [Summary("Takes one of the bank's avatars as profile photo.")]
    [Body<ChooseAvatarRequest>]
    [Answers<PhotoResponse>]
    [Refuses<AvatarNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/profile/avatar")] HttpRequest request) =>
        request.ReadBody<ChooseAvatarRequest>()
            .Then(body => choose.TakeAvatarAsync(request.Customer(), body.AvatarId, request.HttpContext.RequestAborted))
            .Respond(profile => TypedResults.Ok(PhotoResponse.From(request.Customer(), profile, addresses)));
}

public sealed record ChooseAvatarRequest([property: MaxLength(40), Example("eagle")] string AvatarId);

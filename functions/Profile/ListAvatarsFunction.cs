using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class ListAvatarsFunction
{
    [Function("Profile_ListAvatars")]
    [Access(Right.Info)]
    [Summary("The bank's avatars.")]
    [Answers<AvatarsResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/profile/avatars")] HttpRequest request) => TypedResults.Ok(new AvatarsResponse(
        [.. Avatars.All.Select(avatar => new AvatarResponse(avatar.Id, avatar.NameIn(AcceptLanguage.Of(request)), $"/api/public/v1/avatars/{avatar.Id}"))]));
}

public sealed record AvatarsResponse(IReadOnlyList<AvatarResponse> Items);

public sealed record AvatarResponse(string AvatarId, string Name, string Url);

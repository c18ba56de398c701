using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class GetAvatarFunction
{
    [Function("Profile_GetAvatar")]
    [Access(Right.Public)]
    [Summary("The picture of an avatar.")]
    [Answers(200, ContentType = "image/svg+xml")]
    [Refuses<AvatarNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/avatars/{avatarName}")] HttpRequest request, string avatarName)
    {
        if (Avatars.Find(avatarName) is not { } avatar)
            return new ProblemResult(new AvatarNotFound());
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(avatar.Svg, "image/svg+xml; charset=utf-8");
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class RemovePhotoFunction(ChoosePhoto choose)
{
    [Function("Profile_RemovePhoto")]
    [Access(Right.Payment)]
    [NotConfirmed("A picture, no right.")]
    [Summary("Removes the profile photo or avatar.")]
    [Answers(204)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/profile/photo")] HttpRequest request)
    {
        await choose.RemoveAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.NoContent();
    }
}

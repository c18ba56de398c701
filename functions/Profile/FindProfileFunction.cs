using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class FindProfileFunction(FindProfile find, PhotoAddresses addresses)
{
    [Function("Profile_Find")]
    [Access(Right.Info)]
    [Summary("The customer's profile: residence, e-mail, personal banker, picture.")]
    [Answers<ProfileResponse>]
    [Refuses<ProfileMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/profile")] HttpRequest request) =>
        find.RunAsync(request.Customer(), request.HttpContext.RequestAborted).Respond(view => TypedResults.Ok(ProfileResponse.From(view, addresses)));
}

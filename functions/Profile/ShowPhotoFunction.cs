using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class ShowPhotoFunction(ChoosePhoto choose)
{
    [Function("Profile_ShowPhoto")]
    [Access(Right.Payment)]
    [NotConfirmed("A picture, no right.")]
    [Summary("Says whether the picture is shown to those who have saved the customer as a contact, by phone number or by account.")]
    [Body<ShowPhotoRequest>]
    [Answers<ShowPhotoRequest>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/profile/photo/visibility")] HttpRequest request) =>
        request.ReadBody<ShowPhotoRequest>()
            .Then(async body =>
            {
                await choose.ShowAsync(request.Customer(), body.ShownToOthers, request.HttpContext.RequestAborted);
                return (Result<ShowPhotoRequest>)body;
            })
            .Respond(TypedResults.Ok);
}

public sealed record ShowPhotoRequest(bool ShownToOthers);

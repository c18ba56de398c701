using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class SavePushTokenFunction(PushTokens tokens)
{
    [Function("Devices_SavePushToken")]
    [Access(Right.Info)]
    [Summary("Says where push messages reach the installation that calls.", Details = "They go to the device that signed in last.")]
    [Body<PushTokenRequest>]
    [Answers(204)]
    [Refuses<DeviceNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/push-token")] HttpRequest request) =>
        request.ReadBody<PushTokenRequest>()
            .Then(body => tokens.SaveAsync(request.Customer(), request.CustomerCaller().Installation, body.Token, request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.NoContent());
}

public sealed record PushTokenRequest([property: MaxLength(400), Description("Of the push gateway; null for no messages.")] string? Token);

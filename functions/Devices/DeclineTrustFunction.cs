using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class DeclineTrustFunction(DeclineTrust decline)
{
    [Function("Devices_DeclineTrust")]
    [Access(Right.Info)]
    [Summary("Declines the offer to trust the device that calls.", Details = "It comes back after three further logins, three times at most.")]
    [Answers(204)]
    [Refuses<DeviceNotFound>, Refuses<TrustNotOffered>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/trust/decline")] HttpRequest request) =>
        decline.RunAsync(request.Customer(), request.CustomerCaller().Installation, request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}

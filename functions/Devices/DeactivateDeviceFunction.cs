using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class DeactivateDeviceFunction(RemoveTrust remove)
{
    [Function("Devices_Deactivate")]
    [Access(Right.Info)]
    [Summary("Takes the trust from one of the customer's devices, this one or the other.", Details = "Its sessions, Smart OTP and Soft PIN end at once; so does every other session but the caller's on another device.")]
    [Answers(204)]
    [Refuses<DeviceNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/{device}/deactivation")] HttpRequest request, string device) =>
        Task.FromResult<Result<InstallationId>>(InstallationId.Find(device) is { } id ? id : new DeviceNotFound())
            .Then(id => remove.RunAsync(RemovalOf(request.Device(), id), request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.NoContent());

    private static TrustRemoval RemovalOf(DeviceCaller caller, InstallationId device) =>
        new(caller.Customer, device, caller.Actor) { Ends = new SessionsToEnd(device == caller.Installation ? null : caller.Session) };
}

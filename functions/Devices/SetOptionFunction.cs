using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class SetOptionFunction(SetDeviceOption set)
{
    [Function("Devices_SetOption")]
    [Access(Right.Info)]
    [Summary("Switches a security option of the device that calls on or off.", Details = "Biometrics goes on by a scan (`POST /api/v1/security/biometrics`). Smart OTP and Soft PIN need a trusted device. Other sessions of the customer end.")]
    [Body<OptionRequest>, Header(CallingDevice.PlaceHeader, CallingDevice.PlaceMeaning)]
    [Answers<SecurityResponse>]
    [Refuses<DeviceNotFound>, Refuses<BiometricsNeedScan>, Refuses<DeviceNotTrusted>, Refuses<DependentOptionOn>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/security/options")] HttpRequest request) =>
        request.ReadBody<OptionRequest>()
            .Then(body => set.RunAsync(request.Device(), body.Option, body.IsOn, request.HttpContext.RequestAborted))
            .Respond(device => TypedResults.Ok(SecurityResponse.From(device)));
}

public sealed record OptionRequest(DeviceOption Option, bool IsOn);

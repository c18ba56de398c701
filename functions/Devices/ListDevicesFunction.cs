using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class ListDevicesFunction(ListDevices list)
{
    [Function("Devices_List")]
    [Access(Right.Info)]
    [Summary("The customer's trusted devices.", Details = "At most two, the one that was trusted first at the top.")]
    [Answers<DevicesResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/devices")] HttpRequest request)
    {
        var devices = await list.TrustedAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new DevicesResponse([.. devices.Select(device => TrustedDeviceResponse.From(device, request.CustomerCaller().Installation))]));
    }
}

public sealed record DevicesResponse(IReadOnlyList<TrustedDeviceResponse> Items);

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class ListActivityFunction(ListDevices list)
{
    [Function("Devices_ListActivity")]
    [Access(Right.Info)]
    [Summary("What was done from one of the customer's devices, newest first.", Details = "Kept for 13 months.")]
    [Paged]
    [Answers<PageResponse<DeviceActivityResponse>>]
    [Refuses<DeviceNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/devices/{device}/activity")] HttpRequest request, string device) =>
        Task.FromResult<Result<InstallationId>>(InstallationId.Find(device) is { } id ? id : new DeviceNotFound())
            .Then(id => list.ActivityAsync(request.Customer(), id, request.Page(), request.HttpContext.RequestAborted))
            .RespondPage(request, DeviceActivityResponse.From);
}

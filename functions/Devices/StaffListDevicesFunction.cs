using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class StaffListDevicesFunction(ListDevices list)
{
    [Function("Devices_ListForStaff")]
    [Access(Right.Staff, Roles = [Role.ContactCentre, Role.Branch])]
    [Summary("Every device that a customer has signed in with, the last used first.")]
    [Answers<StaffDevicesResponse>]
    [Refuses<DeviceNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/customers/{customerNumber}/devices")] HttpRequest request, string customerNumber) =>
        Task.FromResult<Result<CustomerId>>(CustomerId.Find(customerNumber) is { } customer ? customer : new DeviceNotFound())
            .Then(async customer => (Result<StaffDevicesResponse>)StaffDevicesResponse.From(await list.AllAsync(customer, request.HttpContext.RequestAborted)))
            .Respond(devices => TypedResults.Ok(devices));
}

public sealed record StaffDevicesResponse(IReadOnlyList<StaffDeviceResponse> Items)
{
    internal static StaffDevicesResponse From(IEnumerable<Device> devices) => new([.. devices.Select(StaffDeviceResponse.From)]);
}

public sealed record StaffDeviceResponse(
    string Id, string Name, InstallationType Type, Instant FirstSeenAt, Instant LastLoginAt, bool IsTrusted, Instant? TrustedAt, bool Biometrics, bool SmartOtp, bool SoftPin)
{
    internal static StaffDeviceResponse From(Device device) => new(
        device.Id.Value, device.Name, device.Type, device.FirstSeenAt, device.LastLoginAt, device.IsTrusted, device.Trust?.At, device.BiometricKey is not null,
        device.HasSmartOtp, device.HasSoftPin);
}

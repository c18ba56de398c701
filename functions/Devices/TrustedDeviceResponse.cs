using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Devices;

namespace Serverless.Functions.Devices;

public sealed record TrustedDeviceResponse(
    string Id, string Name, InstallationType Type, Instant TrustedAt, TrustMethod TrustedBy,
    [property: Description("Null when nothing was done from it for more than a year.")] Instant? LastOperationAt,
    bool IsThisDevice,
    [property: Description("The newest operations.")] IReadOnlyList<DeviceActivityResponse> Recent)
{
    internal static TrustedDeviceResponse From(DeviceWithActivity it, InstallationId calling) => new(
        it.Device.Id.Value, it.Device.Name, it.Device.Type, it.Device.Trust!.At, it.Device.Trust.Method, it.Recent.Count > 0 ? it.Recent[0].At : null,
        it.Device.Id == calling, [.. it.Recent.Select(DeviceActivityResponse.From)]);
}

public sealed record DeviceActivityResponse(
    [property: Description("`login_...`, a change of the device, or the id of an operation of this document."), Http.Example("login_biometrics")] string Operation,
    Instant At,
    [property: Description("Degrees north, comma, degrees east, to about 100 metres; null when the app was not to know."), Http.Example("41.328,19.819")] string? Place)
{
    internal static DeviceActivityResponse From(DeviceActivity activity) => new(activity.Operation, activity.At, activity.Place?.ToString());
}

using NodaTime;

namespace Serverless.Banking.Devices;

internal static class DeviceDecisions
{
    /// <summary>A customer's own change of a device, with its event and its line in the activity; the notices of AUTH-27 come with those that end other sessions.</summary>
    public static DeviceDecision<Device> Of(DeviceBook book, Device changed, DeviceEventKind kind, DeviceCaller caller, Guid id, Instant now) =>
        new(changed, new DeviceChange(book.Head, [changed])
        {
            Event = new DeviceEvent(id, kind, changed.Id.Value, changed.Name, now, caller.Actor)
            {
                Ends = EndsSessions(kind) ? new SessionsToEnd(caller.Session) : null,
            },
            Activity = new DeviceActivity(caller.Customer, caller.Installation, id.ToString("N"), Names.Of(kind), now, caller.Place),
        });

    private static bool EndsSessions(DeviceEventKind kind) => kind is not (
        DeviceEventKind.RememberMeOn or DeviceEventKind.RememberMeOff or DeviceEventKind.SemiAuthenticationOn or DeviceEventKind.SemiAuthenticationOff);
}

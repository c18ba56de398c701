using Microsoft.Extensions.Options;
using Serverless.Banking.Audit;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Devices;

/// <summary>Does what follows a change of what a device may do: sessions, notices, the trail, whom the installation remembers (AUTH-27).</summary>
/// <remarks>
/// Every part may run twice: notices and audit records have ids derived from the event's, the rest sets what is. The event's row goes first and its
/// pointer last, so that a killed run is found again.
/// </remarks>
internal sealed class FollowDeviceChange(
    DeviceTable table, DeviceDue due, EndSessions end, TrustSession trust, SendNotice notices, RecordAudit audit, IOptions<DevicesOptions> options)
{
    public async Task RunAsync(CustomerId customer, DeviceEvent told, CancellationToken cancellation)
    {
        var installation = InstallationId.Of(told.Installation);
        var device = await table.FindAsync(customer, installation, cancellation);
        if (told.Ends is { } ends)
            await end.RunAsync(customer, SessionEnding.DeviceRemoved, SessionId.Find(ends.Except), ends.OnlyOfDevice ? installation : null, cancellation);
        if (told.Kind is DeviceEventKind.DeviceTrusted)
        {
            if (SessionId.Find(told.Ends?.Except) is { } session)
                await trust.RunAsync(customer, session, device?.IsTrusted ?? false, cancellation);
            await due.WatchDormancyAsync(customer, installation, options.Value.DormantAt(told.At), cancellation);
        }

        if (device?.RemembersCustomer ?? false)
            await table.RememberAsync(installation, customer, cancellation);
        else
            await table.ForgetAsync(installation, customer, cancellation);
        await audit.RunAsync(
            new AuditEvent(told.Actor, Names.Of(told.Kind), $"customer/{customer.Value}/device/{told.Installation}") { Id = told.Id, At = told.At, Reason = told.Reason },
            cancellation);
        foreach (var notice in DeviceNotices.Of(customer, told))
            await notices.RunAsync(notice, cancellation);
        await table.EndEventAsync(customer, told.Id, cancellation);
        await due.EndEventAsync(told.Id, cancellation);
    }
}

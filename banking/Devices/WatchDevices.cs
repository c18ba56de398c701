using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Devices;

/// <summary>What the clock does to devices: trust that nobody uses ends, old activity is erased, what a crash left untold is told.</summary>
/// <remarks>All of it is safe to run twice and to miss a day. Work is found by the rows of <see cref="DeviceDue"/>, never by looking through the customers.</remarks>
public sealed class WatchDevices
{
    /// <summary>Longer than any request lives.</summary>
    private static readonly Duration PointerOutlivesRequest = Duration.FromMinutes(5);

    private readonly ChangeDevices change;
    private readonly DeviceTable table;
    private readonly DeviceDue due;
    private readonly FollowDeviceChange follow;
    private readonly DeviceChallenges challenges;
    private readonly DevicesOptions options;

    internal WatchDevices(
        ChangeDevices change, DeviceTable table, DeviceDue due, FollowDeviceChange follow, DeviceChallenges challenges, IOptions<DevicesOptions> options) =>
        (this.change, this.table, this.due, this.follow, this.challenges, this.options) = (change, table, due, follow, challenges, options.Value);

    /// <summary>Ends the trust of devices that were not used for so long, and tells their owners (PROF-31).</summary>
    /// <returns>How many.</returns>
    public async Task<int> EndDormantTrustAsync(Instant now, CancellationToken cancellation)
    {
        var ended = 0;
        await foreach (var one in due.DormantAsync(now, cancellation))
        {
            var device = await table.FindAsync(one.Customer, one.Installation, cancellation);
            if (device is { IsTrusted: true } && options.DormantAt(LastUse(device)) > now)
                await due.WatchDormancyAsync(one.Customer, one.Installation, Later(options.DormantAt(LastUse(device)), now), cancellation);
            else if (device is { IsTrusted: true } && await EndAsync(one, now, cancellation))
                ended++;
            await due.DoneAsync(one, cancellation);
        }

        return ended;
    }

    /// <summary>Erases activity that was kept long enough (PROF-30).</summary>
    public async Task EraseActivityAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var one in due.RetentionAsync(now, cancellation))
        {
            var until = options.TooOldSince(now);
            await table.EraseActivityAsync(one.Customer, one.Installation, until, cancellation);

            // Looked at again when the next line is old enough, a month from now at the latest, so that one look reads at most a month of lines.
            var month = until + Duration.FromDays(31);
            var oldest = await table.FindOldestActivityAsync(one.Customer, one.Installation, until, month, cancellation) ?? month;
            await due.WatchRetentionAsync(one.Customer, one.Installation, Later(options.TooOldAt(oldest), now), cancellation);
            await due.DoneAsync(one, cancellation);
        }
    }

    /// <summary>Finishes what a crash left: sessions to end, notices, audit records; and forgets nonces whose time is long over.</summary>
    public async Task SweepAsync(Instant now, CancellationToken cancellation)
    {
        await foreach (var (customer, id) in due.EventsAsync(now - Duration.FromMinutes(1), cancellation))
        {
            var book = await table.ReadAsync(customer, cancellation);
            foreach (var told in book.Events)
                await follow.RunAsync(customer, told, cancellation);
        }

        await foreach (var (_, id) in due.EventsAsync(now - PointerOutlivesRequest, cancellation))
            await due.EndEventAsync(id, cancellation);
        await challenges.EraseUsedAsync(cancellation);
    }

    private async Task<bool> EndAsync(DueDevice one, Instant now, CancellationToken cancellation)
    {
        var removal = new TrustRemoval(one.Customer, one.Installation, AuditActor.Bank("devices_watch")) { Reason = $"{options.DormantDays} days unused" };
        var ended = await change.RunAsync(
            one.Customer,
            (book, id, _) => book.Find(one.Installation) is { } device && options.DormantAt(LastUse(device)) <= now
                ? RemoveTrust.Decide(book, removal, DeviceEventKind.TrustDormant, id, now)
                : new DeviceNotFound(),
            cancellation);
        return ended.IsSuccess;
    }

    private static Instant LastUse(Device device) => Instant.Max(device.LastLoginAt, device.Trust?.At ?? device.LastLoginAt);

    /// <summary>Never the same day again: its row is removed after this.</summary>
    private static Instant Later(Instant wanted, Instant now) => Instant.Max(wanted, now + Duration.FromDays(1));
}

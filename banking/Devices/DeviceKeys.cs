using System.Globalization;
using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>
/// Table Devices: one partition per customer with the head (guards every change of devices by its ETag), the devices, what is still to be told of
/// changes, and the devices' activity, newest first; and one partition per installation that says whom it remembers.
/// </summary>
internal static class DeviceKeys
{
    public const string Table = "Devices";
    public const string Head = "head";

    /// <summary>Devices, events and the head lie side by side, so that one query reads them; activity lies before them.</summary>
    public const string First = "device|";

    public const string DevicePrefix = "device|";
    public const string EventPrefix = "event|";

    /// <summary>The one row of an installation's partition.</summary>
    public const string Remembered = "remembered";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Device(InstallationId installation) => DevicePrefix + installation.Value;

    public static string Event(Guid id) => $"{EventPrefix}{id:N}";

    public static string Installation(InstallationId installation) => $"installation|{installation.Value}";

    public static string Activity(InstallationId installation, Instant at, string id) => $"{ActivityUntil(installation, at)}{id}";

    /// <summary>Rows from here on are this old or older.</summary>
    public static string ActivityUntil(InstallationId installation, Instant at) =>
        string.Create(CultureInfo.InvariantCulture, $"activity|{installation.Value}|{long.MaxValue - at.ToUnixTimeTicks():D19}|");

    public static string ActivityFirst(InstallationId installation) => $"activity|{installation.Value}|";

    public static string ActivityAfter(InstallationId installation) => $"activity|{installation.Value}}}";
}

/// <summary>Table DeviceDue: what the timers look at, by day or by event; never a scan of customers.</summary>
internal static class DeviceDueKeys
{
    public const string Table = "DeviceDue";
    private const int Shards = 8;

    public static IEnumerable<string> FollowUpPartitions => Enumerable.Range(0, Shards).Select(shard => FollowUpPartition((byte)shard));

    public static string FollowUpPartition(Guid id) => FollowUpPartition(id.ToByteArray()[0]);

    public static string FollowUp(Guid id) => id.ToString("N");

    /// <summary>Devices to be looked at on this day, because they may be dormant by then.</summary>
    public static string Dormant(LocalDate day) => $"dormant|{Text(day)}";

    /// <summary>Devices to be looked at on this day, because their oldest activity may be too old by then.</summary>
    public static string Retention(LocalDate day) => $"retention|{Text(day)}";

    public static string Row(CustomerId customer, InstallationId installation) => $"{customer.Value}|{installation.Value}";

    private static string FollowUpPartition(byte first) => string.Create(CultureInfo.InvariantCulture, $"event|{first % Shards:D2}");

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Table DeviceNonces: nonces that were used, by the hour in which they expire.</summary>
internal static class DeviceNonceKeys
{
    public const string Table = "DeviceNonces";

    public static string Partition(Instant expiresAt) => expiresAt.ToString("uuuu-MM-dd'T'HH", CultureInfo.InvariantCulture);
}

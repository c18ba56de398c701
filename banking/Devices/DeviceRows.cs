using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Devices;

/// <summary>How devices are written into rows.</summary>
internal static class DeviceRows
{
    public static TableEntity Of(CustomerId customer, DeviceHead head) => new(DeviceKeys.Partition(customer), DeviceKeys.Head)
    {
        ["LastInstallation"] = head.LastInstallation!,
        ["LoginsInARow"] = head.LoginsInARow,
        ["LastLogin"] = head.LastLogin!,
        ["OfferedTo"] = head.OfferedTo!,
        ["RecoveredAt"] = head.RecoveredAt?.ToDateTimeOffset()!,
    };

    public static DeviceHead ToHead(TableEntity row) => new(
        row.GetString("LastInstallation"), row.GetInt64("LoginsInARow") ?? 0, row.GetString("LastLogin"), row.GetString("OfferedTo"), FindMoment(row, "RecoveredAt"));

    public static TableEntity Of(Device device) => new(DeviceKeys.Partition(device.Customer), DeviceKeys.Device(device.Id))
    {
        ["Name"] = device.Name,
        ["Type"] = device.Type.ToString(),
        ["FirstSeenAt"] = device.FirstSeenAt.ToDateTimeOffset(),
        ["LastLoginAt"] = device.LastLoginAt.ToDateTimeOffset(),
        ["Key"] = device.Key?.Jwk!,
        ["Trust"] = device.Trust is { } trust ? StoredJson.Write(trust) : null!,
        ["RemembersCustomer"] = device.RemembersCustomer,
        ["BiometricKey"] = device.BiometricKey?.Jwk!,
        ["HasSmartOtp"] = device.HasSmartOtp,
        ["SoftPinSecret"] = device.SoftPin?.Sealed!,
        ["SoftPinUsedStep"] = device.SoftPin?.UsedStep!,
        ["HasSemiAuthentication"] = device.HasSemiAuthentication,
        ["PushToken"] = device.PushToken!,
        ["OffersDeclined"] = device.OffersDeclined,
    };

    public static Device ToDevice(TableEntity row) => new(
        CustomerId.Of(row.PartitionKey), InstallationId.Of(row.RowKey[DeviceKeys.DevicePrefix.Length..]), row.GetString("Name")!,
        Enum.Parse<InstallationType>(row.GetString("Type")!), Moment(row, "FirstSeenAt"))
    {
        LastLoginAt = Moment(row, "LastLoginAt"),
        Key = DeviceKey.Find(row.GetString("Key")),
        Trust = row.GetString("Trust") is { } trust ? StoredJson.Read<DeviceTrust>(trust) : null,
        RemembersCustomer = row.GetBoolean("RemembersCustomer") ?? false,
        BiometricKey = DeviceKey.Find(row.GetString("BiometricKey")),
        HasSmartOtp = row.GetBoolean("HasSmartOtp") ?? false,
        SoftPin = row.GetString("SoftPinSecret") is { } secret ? new SoftPinSecret(secret, row.GetInt64("SoftPinUsedStep") ?? -1) : null,
        HasSemiAuthentication = row.GetBoolean("HasSemiAuthentication") ?? false,
        PushToken = row.GetString("PushToken"),
        OffersDeclined = row.GetInt32("OffersDeclined") ?? 0,
    };

    public static TableEntity Of(DeviceActivity activity) => new(
        DeviceKeys.Partition(activity.Customer), DeviceKeys.Activity(activity.Installation, activity.At, activity.Id))
    {
        ["Installation"] = activity.Installation.Value,
        ["Id"] = activity.Id,
        ["Operation"] = activity.Operation,
        ["At"] = activity.At.ToDateTimeOffset(),
        ["Place"] = activity.Place?.ToString()!,
    };

    public static DeviceActivity ToActivity(TableEntity row) => new(
        CustomerId.Of(row.PartitionKey), InstallationId.Of(row.GetString("Installation")!), row.GetString("Id")!, row.GetString("Operation")!, Moment(row, "At"),
        Place.Find(row.GetString("Place")));

    public static Instant Moment(TableEntity row, string column) => FindMoment(row, column)!.Value;

    private static Instant? FindMoment(TableEntity row, string column) =>
        row.GetDateTimeOffset(column) is { } at ? Instant.FromDateTimeOffset(at) : null;
}

using Serverless.Banking.Notifications;

namespace Serverless.Banking.Devices;

/// <summary>What the customer is told of changes of his devices, whether he made them or not (AUTH-27, PROF-29, PROF-31).</summary>
internal static class DeviceNotices
{
    public static IEnumerable<Notice> Of(CustomerId customer, DeviceEvent told)
    {
        if (KindOf(told.Kind) is not { } kind)
            yield break;
        var facts = new Dictionary<string, string> { ["device"] = told.DeviceName };
        foreach (var channel in ChannelsOf(told.Kind))
            yield return new Notice(NoticeId.Of("device", told.Id.ToString("N"), channel.ToString()), customer, channel, kind, facts, "security");
    }

    /// <summary>A lost phone gets no push message: it may be in the wrong hands.</summary>
    private static NoticeChannel[] ChannelsOf(DeviceEventKind kind) =>
        kind == DeviceEventKind.DeviceCutOff ? [NoticeChannel.Sms, NoticeChannel.Email] : [NoticeChannel.Push, NoticeChannel.Sms];

    private static NoticeKind? KindOf(DeviceEventKind kind) => kind switch
    {
        DeviceEventKind.DeviceTrusted => NoticeKind.DeviceTrusted,
        DeviceEventKind.TrustRemoved => NoticeKind.DeviceTrustRemoved,
        DeviceEventKind.TrustDormant => NoticeKind.DeviceTrustDormant,
        DeviceEventKind.DeviceCutOff => NoticeKind.DeviceCutOff,
        DeviceEventKind.BiometricsOn => NoticeKind.BiometricsOn,
        DeviceEventKind.BiometricsOff => NoticeKind.BiometricsOff,
        DeviceEventKind.SmartOtpOn => NoticeKind.SmartOtpOn,
        DeviceEventKind.SmartOtpOff => NoticeKind.SmartOtpOff,
        DeviceEventKind.SoftPinOn => NoticeKind.SoftPinOn,
        DeviceEventKind.SoftPinOff => NoticeKind.SoftPinOff,
        _ => null,
    };
}

using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Switches one of a device's options on or off (PROF-10).</summary>
public sealed class SetDeviceOption
{
    private readonly ChangeDevices change;
    private readonly SoftPinSecrets secrets;

    internal SetDeviceOption(ChangeDevices change, SoftPinSecrets secrets) => (this.change, this.secrets) = (change, secrets);

    /// <returns>
    /// The device, also when it was so before. Or, first match: <see cref="DeviceNotFound"/>, <see cref="BiometricsNeedScan"/>, <see cref="DeviceNotTrusted"/>,
    /// <see cref="DependentOptionOn"/>.
    /// </returns>
    public Task<Result<Device>> RunAsync(DeviceCaller caller, DeviceOption option, bool isOn, CancellationToken cancellation) =>
        change.RunAsync(caller.Customer, (book, id, now) => Decide(book, caller, option, isOn, id, now), cancellation);

    private Result<DeviceDecision<Device>> Decide(DeviceBook book, DeviceCaller caller, DeviceOption option, bool isOn, Guid id, Instant now)
    {
        if (book.Find(caller.Installation) is not { } device)
            return new DeviceNotFound();
        if (IsOn(device, option) == isOn)
            return new DeviceDecision<Device>(device);
        if (isOn && option == DeviceOption.Biometrics)
            return new BiometricsNeedScan();
        if (isOn && option is DeviceOption.SmartOtp or DeviceOption.SoftPin && isOn && !device.IsTrusted)
            return new DeviceNotTrusted();
        if (!isOn && option == DeviceOption.RememberMe && device.BiometricKey is not null)
            return new DependentOptionOn(DeviceOption.Biometrics);

        var changed = option switch
        {
            DeviceOption.RememberMe => device with { RemembersCustomer = isOn },
            DeviceOption.Biometrics => device with { BiometricKey = null },
            DeviceOption.SmartOtp => device with { HasSmartOtp = isOn },
            DeviceOption.SoftPin => device with { SoftPin = isOn ? secrets.New(caller.Customer, device.Id) : null },
            _ => device with { HasSemiAuthentication = isOn },
        };
        return DeviceDecisions.Of(book, changed, Kind(option, isOn), caller, id, now);
    }

    private static bool IsOn(Device device, DeviceOption option) => option switch
    {
        DeviceOption.RememberMe => device.RemembersCustomer,
        DeviceOption.Biometrics => device.BiometricKey is not null,
        DeviceOption.SmartOtp => device.HasSmartOtp,
        DeviceOption.SoftPin => device.HasSoftPin,
        _ => device.HasSemiAuthentication,
    };

    private static DeviceEventKind Kind(DeviceOption option, bool isOn) => option switch
    {
        DeviceOption.RememberMe => isOn ? DeviceEventKind.RememberMeOn : DeviceEventKind.RememberMeOff,
        DeviceOption.Biometrics => isOn ? DeviceEventKind.BiometricsOn : DeviceEventKind.BiometricsOff,
        DeviceOption.SmartOtp => isOn ? DeviceEventKind.SmartOtpOn : DeviceEventKind.SmartOtpOff,
        DeviceOption.SoftPin => isOn ? DeviceEventKind.SoftPinOn : DeviceEventKind.SoftPinOff,
        _ => isOn ? DeviceEventKind.SemiAuthenticationOn : DeviceEventKind.SemiAuthenticationOff,
    };
}

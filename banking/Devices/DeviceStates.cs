namespace Serverless.Banking.Devices;

internal static class DeviceStates
{
    /// <summary>Also without what only trusted devices have (PROF-18); biometric login stays and needs a code again.</summary>
    public static Device WithoutTrust(this Device device) => device with { Trust = null, HasSmartOtp = false, SoftPin = null };

    /// <summary>Nothing the device could do for its holder is left (PROF-29).</summary>
    public static Device CutOff(this Device device) =>
        device.WithoutTrust() with { BiometricKey = null, HasSemiAuthentication = false, RemembersCustomer = false, PushToken = null };
}

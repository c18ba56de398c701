namespace Serverless.Banking.Devices;

/// <summary>What the customer switches on and off for a device (PROF-10).</summary>
public enum DeviceOption
{
    RememberMe,
    Biometrics,
    SmartOtp,
    SoftPin,
    SemiAuthentication,
}

namespace Serverless.Banking.Devices;

/// <summary>What an installation says about itself whenever somebody signs in with it.</summary>
/// <param name="Name">As its owner calls the phone, at most <see cref="NameAtMost"/> characters.</param>
/// <param name="PublicKeyJwk">The P-256 key made in the phone's secure hardware (<see cref="DeviceKey"/>); every installation of the app has one, a browser none.</param>
public sealed record Installation(InstallationId Id, string Name, InstallationType Type, string? PublicKeyJwk)
{
    public const int NameAtMost = 60;
}

public enum InstallationType
{
    Android,
    Ios,

    /// <summary>A browser at the Internet Branch; it cannot be trusted.</summary>
    Web,
}

using Azure.Core;

namespace Azure.Storage.Blobs;

/// <summary>Pipeline options of the blob clients, with the storage clients' own retry defaults.</summary>
public class BlobClientOptions : ClientOptions
{
    private const ServiceVersion Latest = ServiceVersion.V2026_10_06;

    /// <remarks>Azurite does not know the newest version; the one here is started with --skipApiVersionCheck.</remarks>
    public BlobClientOptions(ServiceVersion version = Latest)
    {
        if (!Enum.IsDefined(version))
            throw new ArgumentOutOfRangeException(nameof(version));
        Version = version;
        Retry.MaxRetries = 5;
        Retry.NetworkTimeout = TimeSpan.FromSeconds(100);
    }

    public ServiceVersion Version { get; }

    internal string VersionText => Version.ToString()[1..].Replace('_', '-');

    public enum ServiceVersion
    {
        V2025_11_05 = 28,
        V2026_02_06 = 29,
        V2026_04_06 = 30,
        V2026_06_06 = 31,
        V2026_10_06 = 32,
    }
}

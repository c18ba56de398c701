using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Pipeline options (policies, retry, transport, diagnostics) come from <see cref="ClientOptions"/>.</summary>
public class TableClientOptions : ClientOptions
{
    private const ServiceVersion LatestVersion = ServiceVersion.V2020_12_06;

    public TableClientOptions(ServiceVersion serviceVersion = LatestVersion)
    {
        VersionString = serviceVersion switch
        {
            ServiceVersion.V2019_02_02 => "2019-02-02",
            ServiceVersion.V2020_12_06 => "2020-12-06",
            _ => throw new NotSupportedException(),
        };
    }

    public enum ServiceVersion
    {
        V2019_02_02 = 1,
        V2020_12_06 = 2,
    }

    public bool EnableTenantDiscovery { get; set; }

    public TableAudience? Audience { get; set; }

    internal string VersionString { get; }
}

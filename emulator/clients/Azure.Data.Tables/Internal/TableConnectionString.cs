namespace Azure.Data.Tables.Internal;

/// <summary>A storage connection string, as far as tables need it.</summary>
/// <remarks>
/// <c>UseDevelopmentStorage=true</c> is the emulator's fixed account on port 10002; its key is published with the emulator.
/// An explicit <c>TableEndpoint</c> wins over protocol, account name and suffix.
/// </remarks>
internal sealed record TableConnectionString(Uri Endpoint, string? AccountName, string? AccountKey, string? SharedAccessSignature)
{
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">A part is no <c>name=value</c>, or endpoint and credential cannot be told from the parts.</exception>
    public static TableConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new FormatException("Settings must be of the form \"name=value\".");

            parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }

        if (parts.TryGetValue("UseDevelopmentStorage", out var development)
            && development.Equals("true", StringComparison.OrdinalIgnoreCase))
            return Development(parts.GetValueOrDefault("DevelopmentStorageProxyUri"));

        var account = parts.GetValueOrDefault("AccountName");
        var key = parts.GetValueOrDefault("AccountKey");
        var signature = parts.GetValueOrDefault("SharedAccessSignature");
        if (EndpointOf(parts, account) is not { } endpoint || (signature is null && (account is null || key is null)))
            throw new FormatException("No valid combination of account information found.");

        return new TableConnectionString(endpoint, account ?? AccountNameOf(endpoint), key, signature);
    }

    /// <summary>The account is the first path segment of an address by IP or localhost, else the first label of the host.</summary>
    public static string AccountNameOf(Uri endpoint) => IsPathStyle(endpoint)
        ? endpoint.AbsolutePath.Trim('/').Split('/')[0]
        : endpoint.Host.Split('.')[0];

    public static bool IsPathStyle(Uri endpoint) => endpoint.HostNameType != UriHostNameType.Dns || endpoint.IsLoopback;

    private static Uri? EndpointOf(Dictionary<string, string> parts, string? account)
    {
        if (parts.TryGetValue("TableEndpoint", out var explicitEndpoint))
            return new Uri(explicitEndpoint.TrimEnd('/'));

        if (account is null || parts.ContainsKey("BlobEndpoint") || parts.ContainsKey("QueueEndpoint"))
            return null;

        var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return new Uri($"{protocol}://{account}.table.{suffix}");
    }

    private static TableConnectionString Development(string? proxy)
    {
        var host = proxy is null ? "http://127.0.0.1" : $"{new Uri(proxy).Scheme}://{new Uri(proxy).Host}";
        return new TableConnectionString(new Uri($"{host}:10002/{DevelopmentAccount}"), DevelopmentAccount, DevelopmentKey, null);
    }
}

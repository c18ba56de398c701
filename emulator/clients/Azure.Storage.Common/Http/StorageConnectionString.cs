using Azure.Storage;

namespace Serverless.Emulator.Storage;

/// <summary>A storage account's connection string, taken apart.</summary>
/// <remarks>
/// Understood: <c>UseDevelopmentStorage=true</c> (ports 10000 to 10002 on 127.0.0.1), or AccountName and AccountKey or SharedAccessSignature
/// with explicit endpoints, or with DefaultEndpointsProtocol and EndpointSuffix. An endpoint nobody named is null.
/// </remarks>
internal sealed class StorageConnectionString
{
    private const string DevelopmentAccount = "devstoreaccount1";

    // Azurite's published key: the same on every machine, no secret.
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private StorageConnectionString(
        string? accountName, StorageSharedKeyCredential? credential, string? sharedAccessSignature, Uri? blob, Uri? queue, Uri? table)
    {
        AccountName = accountName;
        Credential = credential;
        SharedAccessSignature = sharedAccessSignature;
        BlobEndpoint = blob;
        QueueEndpoint = queue;
        TableEndpoint = table;
    }

    public string? AccountName { get; }
    public StorageSharedKeyCredential? Credential { get; }

    /// <summary>Without the leading question mark.</summary>
    public string? SharedAccessSignature { get; }
    public Uri? BlobEndpoint { get; }
    public Uri? QueueEndpoint { get; }
    public Uri? TableEndpoint { get; }

    /// <exception cref="ArgumentNullException">No text at all.</exception>
    /// <exception cref="FormatException">Not key=value pairs, no credential, or no way to know an endpoint. The text itself is not repeated: it holds the key.</exception>
    public static StorageConnectionString Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = ReadPairs(connectionString);
        if (settings.TryGetValue("UseDevelopmentStorage", out var development) && bool.TryParse(development, out var yes) && yes)
            return Development(settings.GetValueOrDefault("DevelopmentStorageProxyUri"));

        var account = settings.GetValueOrDefault("AccountName");
        var key = settings.GetValueOrDefault("AccountKey");
        var signature = settings.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?');
        if (key is null && signature is null)
            throw new FormatException("The storage connection string has neither AccountKey nor SharedAccessSignature.");
        if (key is not null && account is null)
            throw new FormatException("The storage connection string has an AccountKey without AccountName.");

        Uri? Endpoint(string service) =>
            settings.TryGetValue($"{char.ToUpperInvariant(service[0])}{service[1..]}Endpoint", out var uri) ? AsUri(uri)
            : settings.TryGetValue("DefaultEndpointsProtocol", out var scheme) && account is not null
                ? AsUri($"{scheme}://{account}.{service}.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}")
                : null;

        return new StorageConnectionString(
            account, key is null ? null : new StorageSharedKeyCredential(account!, key), signature, Endpoint("blob"), Endpoint("queue"), Endpoint("table"));
    }

    private static StorageConnectionString Development(string? proxy)
    {
        var host = (proxy ?? "http://127.0.0.1").TrimEnd('/');
        Uri At(int port) => new($"{host}:{port}/{DevelopmentAccount}");
        return new StorageConnectionString(
            DevelopmentAccount, new StorageSharedKeyCredential(DevelopmentAccount, DevelopmentKey), null, At(10000), At(10001), At(10002));
    }

    private static Dictionary<string, string> ReadPairs(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new FormatException("The storage connection string is not a list of key=value pairs separated by semicolons.");
            pairs[part[..equals]] = part[(equals + 1)..];
        }

        return pairs;
    }

    private static Uri AsUri(string text) => Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri)
        ? uri
        : throw new FormatException("An endpoint of the storage connection string is not an absolute URI.");
}

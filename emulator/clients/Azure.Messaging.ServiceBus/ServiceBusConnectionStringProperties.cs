namespace Azure.Messaging.ServiceBus;

public class ServiceBusConnectionStringProperties
{
    public Uri? Endpoint { get; internal init; }
    public string FullyQualifiedNamespace => Endpoint?.Host ?? "";
    public string? EntityPath { get; internal init; }
    public string? SharedAccessKeyName { get; internal init; }
    public string? SharedAccessKey { get; internal init; }
    public string? SharedAccessSignature { get; internal init; }

    /// <summary>True for a broker on this machine, Microsoft's emulator and this one alike.</summary>
    internal bool UseDevelopmentEmulator { get; private init; }

    /// <exception cref="ArgumentException">No text.</exception>
    /// <exception cref="FormatException">Not key=value pairs, or no valid endpoint. The text is not repeated: it holds the key.</exception>
    public static ServiceBusConnectionStringProperties Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new FormatException("The connection string could not be parsed; either it was malformed or contains no well-known tokens.");
            pairs[part[..equals]] = part[(equals + 1)..].Trim();
        }

        Uri? endpoint = null;
        if (pairs.TryGetValue("Endpoint", out var text) && (!Uri.TryCreate(text, UriKind.Absolute, out endpoint) || endpoint.Host.Length == 0))
            throw new FormatException("The connection string's Endpoint is not an absolute URI.");
        return new ServiceBusConnectionStringProperties
        {
            Endpoint = endpoint,
            EntityPath = pairs.GetValueOrDefault("EntityPath"),
            SharedAccessKeyName = pairs.GetValueOrDefault("SharedAccessKeyName"),
            SharedAccessKey = pairs.GetValueOrDefault("SharedAccessKey"),
            SharedAccessSignature = pairs.GetValueOrDefault("SharedAccessSignature"),
            UseDevelopmentEmulator = pairs.TryGetValue("UseDevelopmentEmulator", out var emulator) && bool.TryParse(emulator, out var yes) && yes,
        };
    }
}

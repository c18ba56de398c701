using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.ServiceBus;

/// <summary>Which storage account stands behind a namespace's host name, in this process.</summary>
internal static class LocalNamespaces
{
    private static readonly ConcurrentDictionary<string, LocalNamespace> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The storage account of namespaces nobody mapped; the setting AzureWebJobsStorage, else Azurite's standard ports.</summary>
    public static string DefaultStorage { get; set; } =
        Environment.GetEnvironmentVariable("AzureWebJobsStorage") is { Length: > 0 } setting ? setting : "UseDevelopmentStorage=true";

    /// <summary>Binds a host name (<c>bank.localhost</c>) to a storage account. Mapping it again replaces it for clients that have not been used yet.</summary>
    /// <param name="clock">The app's clock, when it is not the system's.</param>
    public static LocalNamespace Map(string hostName, string storageConnectionString, TimeProvider? clock = null) =>
        Known[hostName] = new LocalNamespace(hostName, storageConnectionString, clock);

    /// <summary>The namespace of a connection string (<c>Endpoint=sb://bank.localhost;...</c>).</summary>
    public static LocalNamespace Of(string connectionString) => Get(ServiceBusConnectionStringProperties.Parse(connectionString).FullyQualifiedNamespace);

    public static LocalNamespace Get(string hostName) => Known.GetOrAdd(hostName, name => new LocalNamespace(name, DefaultStorage));

    public static bool IsMapped(string hostName) => Known.ContainsKey(hostName);

    public static void Remove(string hostName) => Known.TryRemove(hostName, out _);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serverless.Emulator;

/// <summary>What a test decides about the host it starts.</summary>
public sealed class FunctionsTestHostOptions
{
    /// <summary>Connection string of the storage account, usually Azurite's. Null for an app that stores nothing.</summary>
    public string? Storage { get; set; }

    /// <summary>
    /// Keeps this host's tables, hub, timers and messages apart from every other's. Letters and digits, starting with a letter.
    /// Give the prefix of an earlier host to go on with what it left.
    /// </summary>
    public string Prefix { get; set; } = "t" + Guid.NewGuid().ToString("N")[..10];

    /// <summary>Timers' locks and last runs are kept in the storage account, as Azure's host does, and not in this process. For hosts that share them with another process.</summary>
    public bool KeepsTimersInStorage { get; set; }

    /// <summary>Stronger than environment and files; <c>:</c> or <c>__</c> separates the parts of a name.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The app's clock. Real time when not given.</summary>
    public MovableClock Clock { get; set; } = new();

    /// <summary>So long a stop waits for what runs before it tells it that there is no more time; as long as Azure's host does when not given.</summary>
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Text used instead of the app's file host.json.</summary>
    public string? HostJson { get; set; }

    /// <summary>Arguments of the app's entry point.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

    internal List<Action<IServiceCollection>> ServiceChanges { get; } = [];

    internal List<Action<ILoggingBuilder>> LoggingChanges { get; } = [];

    /// <summary>Registrations that come after the app's own, so that the last one wins.</summary>
    public void ConfigureServices(Action<IServiceCollection> change) => ServiceChanges.Add(change);

    /// <summary>Logs go nowhere unless a provider is added here.</summary>
    public void ConfigureLogging(Action<ILoggingBuilder> change) => LoggingChanges.Add(change);

    internal Dictionary<string, string?> AllSettings()
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["AzureWebJobsStorage"] = Storage,
            ["Storage:ConnectionString"] = Storage,
            ["Storage:TablePrefix"] = Prefix,
            ["AzureFunctionsWebHost:hostid"] = Prefix,
            ["AzureFunctionsJobHost:extensions:durableTask:hubName"] = Prefix,
            ["ServiceBus"] = $"Endpoint=sb://{Prefix}.localhost;SharedAccessKeyName=local;SharedAccessKey=bG9jYWw=;UseDevelopmentEmulator=true",
        };
        foreach (var (name, value) in Settings)
            all[name.Replace("__", ":", StringComparison.Ordinal)] = value;

        return all;
    }
}

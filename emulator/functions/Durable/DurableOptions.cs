using Serverless.Emulator.Hosting;

namespace Serverless.Emulator.Durable;

/// <summary>host.json's <c>extensions.durableTask</c>.</summary>
internal sealed record DurableOptions
{
    private const string Section = "extensions:durableTask:";

    /// <summary>Begins the names of the hub's tables and container: letters and digits, a letter first.</summary>
    public string HubName { get; init; } = "TestHubName";

    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    public int MaxConcurrentOrchestrators { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>A running instance may be replaced by one of the same id. Otherwise only a finished one.</summary>
    public bool OverridesAnyState { get; init; }

    /// <summary>Raising an event for a missing or finished instance is an error, as with Azure Storage.</summary>
    public bool ThrowsOnRaiseEvent { get; init; } = true;

    /// <summary>How long an instance that only waits stays in memory.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the hub is asked who owns it and whether another process rang.</summary>
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="FunctionMisconfiguredException">A value that does not fit, with its path.</exception>
    public static DurableOptions Read(HostJson host, Func<string, string> resolve)
    {
        var hub = resolve(host.Text(Section + "hubName", "TestHubName"));
        if (hub.Length is < 3 or > 45 || !char.IsAsciiLetter(hub[0]) || !hub.All(char.IsAsciiLetterOrDigit))
            throw new FunctionMisconfiguredException(
                $"host.json: 'extensions.durableTask.hubName' is '{hub}', but must be 3 to 45 letters and digits, a letter first.");

        var overridable = host.Text(Section + "overridableExistingInstanceStates", "NonRunningStates");
        if (overridable is not ("NonRunningStates" or "AnyState"))
            throw new FunctionMisconfiguredException(
                $"host.json: 'extensions.durableTask.overridableExistingInstanceStates' is '{overridable}', but must be NonRunningStates or AnyState.");

        return new()
        {
            HubName = hub,
            MaxConcurrentActivities = host.Number(Section + "maxConcurrentActivityFunctions", 10 * Environment.ProcessorCount),
            MaxConcurrentOrchestrators = host.Number(Section + "maxConcurrentOrchestratorFunctions", 10 * Environment.ProcessorCount),
            OverridesAnyState = overridable == "AnyState",
            ThrowsOnRaiseEvent = host.Flag(Section + "throwStatusExceptionsOnRaiseEvent", true),
            IdleTimeout = TimeSpan.FromSeconds(host.Number(Section + "extendedSessionIdleTimeoutInSeconds", 30)),
        };
    }
}

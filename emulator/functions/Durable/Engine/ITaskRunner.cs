using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Replay;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>The code that the engine drives: the app's functions, or a test's own.</summary>
internal interface ITaskRunner
{
    /// <summary>Null when there is none of that name. Names are compared without regard to case.</summary>
    Orchestrator? FindOrchestrator(string name);

    bool HasActivity(string name);

    /// <summary>Runs the activity once.</summary>
    /// <returns>Its serialized result.</returns>
    /// <exception cref="Exception">Whatever it threw.</exception>
    Task<string?> RunActivityAsync(string name, string instanceId, Payload? input, CancellationToken cancellation);
}

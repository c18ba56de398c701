using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Serverless.Emulator.Durable.Engine;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Replay;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>Orchestrators and activities written in a test, without a functions app around them.</summary>
internal sealed class ScriptedTasks : ITaskRunner
{
    private readonly Dictionary<string, Orchestrator> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<string?, Task<object?>>> activities = new(StringComparer.OrdinalIgnoreCase);

    public static DataConverter Converter => JsonDataConverter.Default;

    /// <summary>Every run of an activity, as <c>Name(input)</c>, in the order of their beginning.</summary>
    public ConcurrentQueue<string> Runs { get; } = new();

    public ScriptedTasks Orchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> code)
    {
        orchestrators[name] = async (_, context) => Converter.Serialize(await code(context));
        return this;
    }

    public ScriptedTasks Orchestrator(string name, Func<TaskOrchestrationContext, Task> code) => Orchestrator(name, async context =>
    {
        await code(context);
        return null;
    });

    public ScriptedTasks Activity<TIn>(string name, Func<TIn?, object?> code) =>
        ActivityAsync<TIn>(name, input => Task.FromResult(code(input)));

    public ScriptedTasks ActivityAsync<TIn>(string name, Func<TIn?, Task<object?>> code)
    {
        activities[name] = input => code(Converter.Deserialize<TIn>(input));
        return this;
    }

    public Orchestrator? FindOrchestrator(string name) => orchestrators.GetValueOrDefault(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public async Task<string?> RunActivityAsync(string name, string instanceId, Payload? input, CancellationToken cancellation)
    {
        Runs.Enqueue($"{name}({input?.Text})");
        return Converter.Serialize(await activities[name](input?.Text));
    }
}

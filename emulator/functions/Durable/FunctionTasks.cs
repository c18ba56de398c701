using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;
using Serverless.Emulator.Durable.Engine;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Replay;
using Serverless.Emulator.Hosting;

namespace Serverless.Emulator.Durable;

/// <summary>The app's orchestrator and activity functions, run through its middleware like any other.</summary>
internal sealed class FunctionTasks : ITaskRunner
{
    private readonly IFunctionInvoker invoker;
    private readonly DataConverter converter;
    private readonly Dictionary<string, HostedFunction> orchestrators;
    private readonly Dictionary<string, HostedFunction> activities;

    public FunctionTasks(IReadOnlyList<HostedFunction> functions, IFunctionInvoker invoker, DataConverter converter)
    {
        (this.invoker, this.converter) = (invoker, converter);
        orchestrators = ByTaskName(functions, trigger => (trigger is OrchestrationTriggerAttribute, (trigger as OrchestrationTriggerAttribute)?.Orchestration));
        activities = ByTaskName(functions, trigger => (trigger is ActivityTriggerAttribute, (trigger as ActivityTriggerAttribute)?.Activity));
    }

    public Orchestrator? FindOrchestrator(string name) => orchestrators.TryGetValue(name, out var function)
        ? (start, context) => RunOrchestratorAsync(function, start, context)
        : null;

    public bool HasOrchestrator(string name) => orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => activities.ContainsKey(name);

    public async Task<string?> RunActivityAsync(string name, string instanceId, Payload? input, CancellationToken cancellation)
    {
        var request = new InvocationRequest
        {
            TriggerData = input?.Text,
            Metadata = new Dictionary<string, object?> { ["instanceId"] = instanceId },
        };
        return Result(await invoker.InvokeAsync(activities[name], request, cancellation));
    }

    private async Task<string?> RunOrchestratorAsync(HostedFunction function, ExecutionStart start, TaskOrchestrationContext context)
    {
        var request = new InvocationRequest
        {
            TriggerData = context,
            Metadata = new Dictionary<string, object?> { ["instanceId"] = start.InstanceId },
            Prepare = invocation => invocation.Features.Set(start),
            IsTracked = false,
        };
        return Result(await invoker.InvokeAsync(function, request, CancellationToken.None));
    }

    private string? Result(InvocationOutcome outcome)
    {
        if (outcome.Exception is { } exception)
            ExceptionDispatchInfo.Throw(exception);
        return converter.Serialize(outcome.Result);
    }

    private static Dictionary<string, HostedFunction> ByTaskName(
        IReadOnlyList<HostedFunction> functions, Func<TriggerBindingAttribute, (bool IsTask, string? Name)> look)
    {
        var found = new Dictionary<string, HostedFunction>(StringComparer.OrdinalIgnoreCase);
        foreach (var function in functions)
        {
            var (isTask, name) = look(function.Trigger);
            if (isTask && !found.TryAdd(name ?? function.Name, function))
                throw new FunctionMisconfiguredException(function.Name, $"the durable task name '{name ?? function.Name}' is used twice.");
        }

        return found;
    }
}

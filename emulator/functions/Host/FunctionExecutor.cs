using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Serverless.Emulator.Hosting;

/// <summary>The last two steps of every run: bind the parameters, call the method; then send its outputs.</summary>
internal sealed class FunctionExecutor(IFunctionActivator activator, ParameterBinder binder, HostStartup startup)
{
    public async Task ExecuteAsync(FunctionContext context)
    {
        var invocation = context.Invocation();
        var function = invocation.Function;
        var arguments = await binder.BindAsync(invocation, context);
        var instance = function.Method.IsStatic ? null : activator.CreateInstance(function.Method.DeclaringType!, context);
        try
        {
            invocation.Result = await Unwrap(
                function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null), function);
        }
        finally
        {
            switch (instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }

        await SendOutputsAsync(invocation, context);
    }

    private async Task SendOutputsAsync(HostedInvocation invocation, FunctionContext context)
    {
        var returned = invocation.Result;
        var outputs = invocation.Function.Outputs;
        if (outputs.Count == 0)
            return;

        invocation.Result = invocation.Function.HasOutputType ? null : returned;
        foreach (var output in outputs)
        {
            var value = output.Property is null || returned is null ? returned : output.Property.GetValue(returned);
            if (output.Attribute is HttpResultAttribute)
                invocation.Result = value;
            else if (value is not null)
                await startup.Extensions.First(extension => extension.Handles(output.Attribute)).SendAsync(output, value, context);
        }
    }

    private static async ValueTask<object?> Unwrap(object? returned, HostedFunction function)
    {
        switch (returned)
        {
            case Task task:
                await task;
                return function.TaskResult?.GetValue(task);
            case ValueTask task:
                await task;
                return null;
            case not null when function.Method.ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>):
                var asTask = (Task)type.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null)!;
                await asTask;
                return typeof(Task<>).MakeGenericType(type.GetGenericArguments()).GetProperty(nameof(Task<>.Result))!.GetValue(asTask);
            default:
                return returned;
        }
    }
}

/// <summary>The app's middleware around the execution, in the order of its registration.</summary>
internal sealed class MiddlewarePipeline(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    public FunctionExecutionDelegate Around(FunctionExecutionDelegate execution) =>
        middleware.Reverse().Aggregate(execution, (next, wrap) => wrap(next));
}

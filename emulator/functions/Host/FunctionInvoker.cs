using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serverless.Emulator.Hosting;

/// <summary>Runs functions, counts those under way, and writes one line about each.</summary>
internal sealed class FunctionInvoker(
    IServiceScopeFactory scopes, MiddlewarePipeline middleware, FunctionExecutor executor, HostStartup startup, ILoggerFactory loggers)
    : IFunctionInvoker, IDisposable
{
    private readonly FunctionExecutionDelegate pipeline = middleware.Around(executor.ExecuteAsync);
    private readonly CancellationTokenSource stopping = new();
    private int running;

    /// <summary>Tracked runs under way.</summary>
    public int Running => Volatile.Read(ref running);

    /// <summary>Tells every run that there is no more time.</summary>
    public void CancelAll() => stopping.Cancel();

    public async Task<InvocationOutcome> InvokeAsync(HostedFunction function, InvocationRequest request, CancellationToken cancellation)
    {
        if (!request.IsTracked)
            return await RunAsync(function, request, cancellation);

        Interlocked.Increment(ref running);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token);
            if (startup.HostJson.FunctionTimeout is { } timeout)
                limit.CancelAfter(timeout);

            var outcome = await RunAsync(function, request, limit.Token);
            Report(function, outcome);
            return outcome;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task<InvocationOutcome> RunAsync(HostedFunction function, InvocationRequest request, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        HostedInvocation? invocation = null;
        Activity? span = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            invocation = new HostedInvocation(function, request, scope.ServiceProvider, cancellation);
            request.Prepare?.Invoke(invocation);

            // An orchestrator's run may never end; the engine tells of the whole orchestration instead.
            span = request.IsTracked ? WorkerTrace.Start(function, invocation) : null;
            await pipeline(invocation);
            return new(InvocationStatus.Succeeded, invocation.Result, null, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception e)
        {
            WorkerTrace.Fail(span, e);

            // Only a cancellation inside the exception counts as cancelled, as in the worker.
            var status = e.InnerException is OperationCanceledException ? InvocationStatus.Cancelled : InvocationStatus.Failed;
            return new(status, invocation?.Result, e, Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            span?.Dispose();
        }
    }

    private void Report(HostedFunction function, InvocationOutcome outcome)
    {
        var logger = loggers.CreateLogger($"Function.{function.Name}");
        var milliseconds = (long)outcome.Duration.TotalMilliseconds;
        if (outcome.IsSuccess)
            logger.LogInformation("Executed Functions.{Function} ({Status}, {Milliseconds}ms)", function.Name, outcome.Status, milliseconds);
        else
            logger.LogError(outcome.Exception, "Executed Functions.{Function} ({Status}, {Milliseconds}ms)", function.Name, outcome.Status, milliseconds);
    }
}

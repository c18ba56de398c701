using System.Diagnostics;

namespace Serverless.Emulator.Hosting;

/// <summary>The worker's span of one run, as the official worker makes it: <c>function Transfers_Confirm</c>.</summary>
/// <remarks>By version 1.37.0 of OpenTelemetry's conventions, which an app asks for in its capabilities.</remarks>
internal static class WorkerTrace
{
    private static readonly ActivitySource Source = new("Microsoft.Azure.Functions.Worker");

    /// <returns>Null while nobody listens.</returns>
    public static Activity? Start(HostedFunction function, HostedInvocation invocation) => Source.HasListeners()
        ? Source.StartActivity($"function {function.Name}")?.SetTag("faas.name", function.Name).SetTag("faas.invocation_id", invocation.InvocationId)
        : null;

    public static void Fail(Activity? activity, Exception e) => activity?.AddException(e).SetStatus(ActivityStatusCode.Error, e.Message);
}

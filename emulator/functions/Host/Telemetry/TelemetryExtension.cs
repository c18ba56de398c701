using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Hosting;

/// <summary>The host's half of an app's traces: requests, messages taken, orchestrations. In Azure the host exports them itself; here they go where the app's go.</summary>
/// <remarks>Asked for by <c>"telemetryMode": "OpenTelemetry"</c> in host.json, as there.</remarks>
internal sealed class TelemetryExtension : IHostExtension
{
    public void Configure(IServiceCollection services, HostStartup startup)
    {
        if (startup.HostJson.Text("telemetryMode", "ApplicationInsights").Equals("OpenTelemetry", StringComparison.OrdinalIgnoreCase))
            services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddSource("Microsoft.AspNetCore", "DurableTask.Core", $"Azure.Messaging.ServiceBus.{MessageTraces.Processor}"));
    }
}

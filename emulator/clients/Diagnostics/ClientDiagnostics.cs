using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Core;
using Serverless.Emulator.Storage;

namespace Serverless.Emulator.Diagnostics;

/// <summary>The spans of one client library, with the names that the official one gives them.</summary>
/// <remarks>
/// The source of <c>TableClient.AddEntity</c> is <c>Azure.Data.Tables.TableClient</c>. As there, spans are made only where somebody listens, the app has switched
/// <c>Azure.Experimental.EnableActivitySource</c> on, and the client's options do not say otherwise.
/// </remarks>
internal sealed class ClientDiagnostics(string clientNamespace, string resourceProvider, ClientOptions? options)
{
    private static readonly ConcurrentDictionary<string, ActivitySource> Sources = new(StringComparer.Ordinal);

    private readonly bool isEnabled = options?.Diagnostics.IsDistributedTracingEnabled ?? true;

    /// <param name="client">The class, <c>TableClient</c>.</param>
    /// <param name="operation">The method, with or without its <c>Async</c>; empty for a span with the name of its source's last part alone.</param>
    public ClientSpan Start(string client, string operation, ActivityKind kind = ActivityKind.Client, ActivityContext parent = default)
    {
        if (!isEnabled)
            return default;
        var source = Sources.GetOrAdd(client, static (name, home) => new ActivitySource($"{home}.{name}"), clientNamespace);
        return source.HasListeners() && IsSwitchedOn() ? new(source.StartActivity(NameOf(client, operation), kind, parent)?.SetTag("az.namespace", resourceProvider)) : default;
    }

    private static string NameOf(string client, string operation) =>
        operation.Length == 0 ? client : operation.EndsWith("Async", StringComparison.Ordinal) ? $"{client}.{operation[..^5]}" : $"{client}.{operation}";

    public static bool IsSwitchedOn() => AppContext.TryGetSwitch("Azure.Experimental.EnableActivitySource", out var isOn) && isOn;

    /// <summary>For the clients of the emulator's own state, which in Azure is not in the app's process.</summary>
    public static T Untraced<T>(T options) where T : ClientOptions
    {
        options.Diagnostics.IsDistributedTracingEnabled = false;
        StorageTransport.Use(options);
        return options;
    }
}

/// <summary>One call; the default is a call that nobody looks at.</summary>
internal readonly struct ClientSpan(Activity? activity) : IDisposable
{
    public Activity? Activity => activity;

    public void Failed(Exception e) => activity?.SetTag("error.type", e is Azure.RequestFailedException { ErrorCode: { } code } ? code : e.GetType().FullName)
        .SetStatus(ActivityStatusCode.Error, e.ToString());

    /// <summary>The service's refusal, which the caller is about to throw.</summary>
    public void Failed(Azure.Response response) => activity?.SetTag("error.type", response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture))
        .SetStatus(ActivityStatusCode.Error, $"{response.Status} {response.ReasonPhrase}");

    public void Dispose() => activity?.Dispose();
}

using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Emulator.Storage;

/// <summary>The connections that every stand-in client of this process shares.</summary>
internal static class StorageTransport
{
    // Azurite closes an idle connection after five seconds. Dropping ours first avoids writing into a connection that is just being
    // closed, which the pipeline would retry and, for a create, report as a conflict with itself.
    private static readonly HttpClientTransport Shared = new(new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,

        // The pipeline has a span for each call already, and names its trace to the service itself.
        ActivityHeadersPropagator = null,
    })
    { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>Puts the shared connections under the options, unless the caller chose a transport of his own.</summary>
    public static void Use(ClientOptions options)
    {
        if (ReferenceEquals(options.Transport, ClientOptions.Default.Transport))
            options.Transport = Shared;
    }
}

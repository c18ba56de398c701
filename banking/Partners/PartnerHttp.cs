using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>HTTP to the outside parties: one client per partner, each with its own time-outs, retries and circuit breaker.</summary>
/// <remarks>
/// A partner in trouble must not take the others with it, so nothing is shared between two of them. The clients live as long as
/// the app; connections are renewed every two minutes, so that a moved address is noticed.
/// </remarks>
public sealed class PartnerHttp(IOptions<PartnersOptions> options) : IDisposable
{
    /// <summary>Set on a POST that the partner recognises when it comes again: it may then be retried like a GET.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("Partner.Repeatable");

    private readonly ConcurrentDictionary<string, Lazy<HttpClient>> clients = new(StringComparer.Ordinal);

    /// <summary>The client of one partner, its base address set and its key on every call.</summary>
    /// <param name="partner">A stable name: <c>oshee</c>, <c>push</c>.</param>
    /// <returns>Null when the settings know no address of this partner.</returns>
    /// <remarks>
    /// A call that got no usable answer throws one of the exceptions of <see cref="PartnerFailures.IsFailure"/>; a 5xx that outlived the
    /// retries is returned as the response.
    /// </remarks>
    public HttpClient? Find(string partner, PartnerEndpoint? endpoint) =>
        endpoint?.BaseUrl is null ? null : clients.GetOrAdd(partner, _ => new Lazy<HttpClient>(() => Create(partner, endpoint))).Value;

    public void Dispose()
    {
        foreach (var client in clients.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }

    private HttpClient Create(string partner, PartnerEndpoint endpoint)
    {
        var transport = options.Value.Transport?.Invoke() ?? new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = endpoint.TryTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        var client = new HttpClient(new PartnerResilience(partner, endpoint) { InnerHandler = transport })
        {
            BaseAddress = new Uri(endpoint.BaseUrl!.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (endpoint.Key.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.Key);
        }

        return client;
    }
}

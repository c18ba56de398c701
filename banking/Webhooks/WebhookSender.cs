using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Webhooks;

/// <summary>Sends one message to an address that a member of staff has entered: no redirects, no cookies, no proxies, nothing of the answer but its status.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const string NotAllowed = "address_not_allowed";

    private readonly AllowedAddresses allowed;
    private readonly WebhooksOptions options;
    private readonly TimeProvider time;
    private readonly HttpClient client;

    public WebhookSender(AllowedAddresses allowed, IOptions<WebhooksOptions> options, TimeProvider time)
    {
        (this.allowed, this.options, this.time) = (allowed, options.Value, time);

        // A connection that is kept would outlive the judgement of its address.
        client = new HttpClient(options.Value.Transport?.Invoke() ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <param name="secrets">Each signs; the receiver takes any.</param>
    public async Task<DeliveryAttempt> SendAsync(Uri address, string id, string body, IReadOnlyList<string> secrets, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (!allowed.IsAllowed(address))
            return new DeliveryAttempt(now, null, NotAllowed);

        var (bytes, timestamp) = (Encoding.UTF8.GetBytes(body), now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => WebhookSignature.Of(secret, id, timestamp, bytes))));
        request.Headers.UserAgent.ParseAdd("Serverless-Bank/1");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.TryTimeout);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return new DeliveryAttempt(now, (int)answer.StatusCode, answer.IsSuccessStatusCode ? null : "status");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DeliveryAttempt(now, null, "timeout");
        }
        catch (HttpRequestException e)
        {
            return new DeliveryAttempt(now, null, e.InnerException is AddressNotAllowedException ? NotAllowed : "unreachable");
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>What the name stands for is judged here, and exactly that is connected to: a name that changes its mind meanwhile gains nothing.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        if (found.Length == 0 || !found.All(allowed.IsAllowed))
            throw new AddressNotAllowedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class AddressNotAllowedException() : IOException("The name stands for an address that the bank does not call.");
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Serverless.Testing;

/// <summary>A reverse proxy before storage's tables that does to calls what networks and services do, by a seed.</summary>
/// <remarks>
/// Nothing in the app knows of it: the connection string names the proxy. The n-th call since <see cref="Break"/> meets the same fault whenever
/// the seed is the same; which operation makes the n-th call is up to the threads, so a failing seed is repeated some times.
/// </remarks>
public sealed class FaultProxy : IAsyncDisposable
{
    /// <summary>Longer than the network time-out that <see cref="NetworkTimeout"/> asks the app's storage client to have.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2.5);

    private static readonly HashSet<string> HopByHop =
        new(StringComparer.OrdinalIgnoreCase) { "Connection", "Keep-Alive", "Transfer-Encoding", "Host", "Content-Length" };

    private readonly WebApplication app;
    private readonly HttpClient storage;
    private readonly ConcurrentDictionary<ProxyFault, int> counts = new();
    private volatile Plan? plan;
    private int calls;

    private FaultProxy(WebApplication app, HttpClient storage) => (this.app, this.storage) = (app, storage);

    /// <summary>For the app's storage client, so that a silent storage costs a test moments and not minutes.</summary>
    public static TimeSpan NetworkTimeout { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The storage account's connection string with this proxy as the tables' endpoint.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>How often each fault was dealt since the start.</summary>
    public IReadOnlyDictionary<ProxyFault, int> Counts => counts;

    /// <param name="connectionString">Spells out the tables' endpoint, as Azurite's does.</param>
    public static async Task<FaultProxy> StartAsync(string connectionString)
    {
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries);
        var endpoint = new Uri(parts.Single(part => part.StartsWith("TableEndpoint=", StringComparison.Ordinal))["TableEndpoint=".Length..]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var storage = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri(endpoint.GetLeftPart(UriPartial.Authority)),
        };
        var proxy = new FaultProxy(app, storage);
        app.Run(proxy.HandleAsync);
        await app.StartAsync();
        var own = new Uri(app.Urls.First());
        proxy.ConnectionString = string.Join(';', parts.Select(part => part.StartsWith("TableEndpoint=", StringComparison.Ordinal)
            ? $"TableEndpoint={own.GetLeftPart(UriPartial.Authority)}{endpoint.AbsolutePath}"
            : part)) + ";";
        return proxy;
    }

    /// <summary>From now on calls meet faults.</summary>
    /// <param name="rate">0 to 1: of the calls.</param>
    public void Break(int seed, double rate)
    {
        Interlocked.Exchange(ref calls, 0);
        plan = new Plan(seed, rate);
    }

    /// <summary>From now on calls go through as they are.</summary>
    public void Heal() => plan = null;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        storage.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var fault = plan?.FaultOf(Interlocked.Increment(ref calls)) ?? ProxyFault.None;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var sent = body.ToArray();
        if (fault == ProxyFault.LostRace && !HasCondition(context.Request, sent))
            fault = ProxyFault.Busy;
        if (fault != ProxyFault.None)
            counts.AddOrUpdate(fault, 1, (_, count) => count + 1);

        switch (fault)
        {
            case ProxyFault.Delay:
                await Task.Delay(TimeSpan.FromMilliseconds(30), context.RequestAborted);
                break;
            case ProxyFault.InternalError or ProxyFault.Busy:
                await RefuseAsync(context, fault == ProxyFault.Busy ? 503 : 500);
                return;
            case ProxyFault.LostRace:
                await LoseRaceAsync(context, sent);
                return;
            case ProxyFault.ResetBefore:
                context.Abort();
                return;
            case ProxyFault.Repeated:
                // A middlebox that sends again what was done: a second insert answers 409, a second guarded write 412.
                (await ForwardAsync(context.Request, sent)).Dispose();
                break;
        }

        using var answer = await ForwardAsync(context.Request, sent);
        switch (fault)
        {
            case ProxyFault.InternalErrorAfter or ProxyFault.BusyAfter:
                await RefuseAsync(context, fault == ProxyFault.BusyAfter ? 503 : 500);
                return;
            case ProxyFault.ResetAfter:
                context.Abort();
                return;
            case ProxyFault.TimeoutAfter:
                await SilenceAsync(context);
                return;
            default:
                await ReturnAsync(context, answer);
                return;
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpRequest request, byte[] body)
    {
        using var message = new HttpRequestMessage(HttpMethod.Parse(request.Method), Target(request));
        if (body.Length > 0 || request.ContentLength is not null)
            message.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Headers)
        {
            if (!HopByHop.Contains(name) && !message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        // What storage has begun it finishes, whether or not the caller still listens.
        return await storage.SendAsync(message, HttpCompletionOption.ResponseContentRead, CancellationToken.None);
    }

    /// <summary>Exactly as it came: the signature is over it.</summary>
    private Uri Target(HttpRequest request) => new(
        storage.BaseAddress!.GetLeftPart(UriPartial.Authority) + request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static async Task ReturnAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!HopByHop.Contains(name))
                context.Response.Headers[name] = values.ToArray();
        }

        var body = await answer.Content.ReadAsByteArrayAsync();
        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status) => WriteAsync(
        context, status, "application/json", Error(status == 503 ? "ServerBusy" : "InternalError"));

    /// <summary>Somebody else's write came first, says storage; nothing was done.</summary>
    private static Task LoseRaceAsync(HttpContext context, byte[] sent)
    {
        if (!context.Request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal))
            return WriteAsync(context, 412, "application/json", Error("UpdateConditionNotSatisfied"));

        var failed = Encoding.UTF8.GetString(sent).Split("HTTP/1.1").Skip(1).ToList().FindIndex(part => IsCondition(part));
        var error = Error("UpdateConditionNotSatisfied", $"{failed.ToString(CultureInfo.InvariantCulture)}:");
        return WriteAsync(context, 202, "multipart/mixed; boundary=batchresponse_1", string.Join("\r\n",
            "--batchresponse_1", "Content-Type: multipart/mixed; boundary=changesetresponse_1", "",
            "--changesetresponse_1", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "",
            "HTTP/1.1 412 Precondition Failed", "Content-Type: application/json", "", error,
            "--changesetresponse_1--", "--batchresponse_1--", ""));
    }

    private static bool HasCondition(HttpRequest request, byte[] sent) =>
        request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(sent).Split("HTTP/1.1").Skip(1).Any(IsCondition)
            : request.Headers.IfMatch.Any(match => match != "*");

    /// <summary>Of one request in a batch, from its first line's end on.</summary>
    private static bool IsCondition(string part) =>
        part.IndexOf("If-Match: ", StringComparison.OrdinalIgnoreCase) is >= 0 and var at && part[at + "If-Match: ".Length] != '*';

    private static async Task SilenceAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Silence, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up, as it should.
        }

        context.Abort();
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body);
    }

    private static string Error(string code, string index = "") =>
        $$$"""{"odata.error":{"code":"{{{code}}}","message":{"lang":"en-US","value":"{{{index}}}Broken on purpose."} } }""";

    /// <summary>Decides by seed and number alone.</summary>
    private sealed class Plan(int seed, double rate)
    {
        /// <summary>Silence costs time, so it is dealt less often.</summary>
        private static readonly ProxyFault[] Dealt =
        [
            .. Enumerable.Repeat(Enum.GetValues<ProxyFault>().Where(fault => fault is not (ProxyFault.None or ProxyFault.TimeoutAfter)), 4).SelectMany(all => all),
            ProxyFault.TimeoutAfter,
        ];

        public ProxyFault FaultOf(int call)
        {
            var random = new Random(HashCode(seed, call));
            return random.NextDouble() < rate ? Dealt[random.Next(Dealt.Length)] : ProxyFault.None;
        }

        /// <summary>The same in every process, which <see cref="System.HashCode"/> is not.</summary>
        private static int HashCode(int seed, int call) => unchecked((int)((((uint)seed * 2654435761u) ^ ((uint)call * 2246822519u)) * 3266489917u));
    }
}

public enum ProxyFault
{
    None,

    /// <summary>Some milliseconds late.</summary>
    Delay,

    /// <summary>500, nothing done.</summary>
    InternalError,

    /// <summary>500, done.</summary>
    InternalErrorAfter,

    /// <summary>503, nothing done.</summary>
    Busy,

    /// <summary>503, done.</summary>
    BusyAfter,

    /// <summary>412 to a guarded write, nothing done.</summary>
    LostRace,

    /// <summary>Sent to storage twice; the caller gets the second answer, 409 or 412 if the first was done.</summary>
    Repeated,

    /// <summary>The connection is cut, nothing done.</summary>
    ResetBefore,

    /// <summary>The connection is cut, done.</summary>
    ResetAfter,

    /// <summary>Done, and no answer until the caller's patience ends.</summary>
    TimeoutAfter,
}

using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Serverless.Emulator;

namespace Serverless.Testing;

/// <summary>A collector that takes OTLP over HTTP on this machine, and keeps what it was sent.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> taken = new();
    private readonly WebApplication app;

    private OtlpCollector(WebApplication app) => this.app = app;

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The exports as they came over the wire, each with its signal: <c>traces</c>, <c>metrics</c>, <c>logs</c>.</summary>
    public IReadOnlyList<(string Signal, byte[] Body)> Taken => [.. taken];

    public IReadOnlyList<OtlpSpan> Spans => [.. Of("traces").SelectMany(OtlpReader.Spans)];

    public IReadOnlyList<OtlpPoint> Points => [.. Of("metrics").SelectMany(OtlpReader.Points)];

    public IReadOnlyList<OtlpLog> Logs => [.. Of("logs").SelectMany(OtlpReader.Logs)];

    public static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.Run(collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    /// <summary>Settings with which a bank exports here.</summary>
    public void Receive(FunctionsTestHostOptions options)
    {
        options.Settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address;
        options.Settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
    }

    /// <summary>Waits until all that the bank has to tell so far is here.</summary>
    public static async Task FlushAsync(HttpBank bank)
    {
        await bank.WhenIdleAsync();
        bank.Host.Services.GetRequiredService<TracerProvider>().ForceFlush();
        bank.Host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        bank.Host.Services.GetRequiredService<LoggerProvider>().ForceFlush();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IEnumerable<byte[]> Of(string signal) => taken.Where(one => one.Signal == signal).Select(one => one.Body);

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await using var content = http.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        await content.CopyToAsync(body);
        taken.Enqueue((http.Request.Path.Value!.Split('/')[^1], body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }
}

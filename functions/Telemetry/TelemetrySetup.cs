using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Serverless.Banking.Storage;
using Serverless.Banking.Telemetry;
using Serverless.Functions.Http;

namespace Serverless.Functions.Telemetry;

public static class TelemetrySetup
{
    /// <summary>
    /// The app's spans: its own runs, its storage calls, the messages it sends, its calls of partners and of those who want to be told. Requests, messages taken and orchestrations are
    /// the host's to tell (<c>telemetryMode</c> in host.json).
    /// </summary>
    private static readonly string[] Sources =
    [
        "Microsoft.Azure.Functions.Worker", "Azure.Data.Tables.*", "Azure.Storage.Blobs.*", "Azure.Messaging.ServiceBus.Message", "Azure.Messaging.ServiceBus.ServiceBusSender", SpanPrivacy.HttpClientSource,
    ];

    /// <summary>Traces, metrics and logs by OTLP, when the settings name a collector; else nothing listens, and nothing is measured that costs.</summary>
    internal static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<OtlpOptions>(configuration, "").AddValidated<TelemetryOptions>(configuration, "Telemetry");
        services.AddOptions<StorageOptions>().Configure<BankMetrics, IOptions<TelemetryOptions>>((storage, metrics, prices) => storage.ConfigureAnyClient += client => client.AddPolicy(
            client is BlobClientOptions
                ? new StorageCallsPolicy(metrics, StorageTally.OfBlobs, prices.Value.BlobsPricePer10000Calls)
                : new StorageCallsPolicy(metrics, StorageTally.OfTables, prices.Value.TablesPricePer10000Calls),
            HttpPipelinePosition.PerRetry));
        if (configuration[OtlpOptions.EndpointName] is not { Length: > 0 })
            return services;

        // Azure's clients make spans of their calls only for an app that says so.
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);

        // Events of spans are exceptions, and their messages are nobody's templates. What happened stands in the log, without them.
        configuration["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "0";

        // The host leaves to the app what the app exports itself, and the worker names its spans by today's conventions.
        services.Configure<WorkerOptions>(worker =>
        {
            worker.Capabilities["WorkerOpenTelemetryEnabled"] = bool.TrueString;
            worker.Capabilities["WorkerOpenTelemetrySchemaVersion"] = "1.37.0";
        });

        // Read as they stand: logs are set up before the settings are looked at, and must not be what tells of a wrong one first.
        services.AddOptions<OtlpExporterOptions>().Configure(exporter =>
            exporter.Protocol = configuration[OtlpOptions.ProtocolName] == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(configuration[OtlpOptions.ServiceNameName] is { Length: > 0 } name ? name : OtlpOptions.UsualServiceName))
            .WithTracing(traces => traces.AddSource(Sources).AddProcessor(new SpanPrivacy()).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(BankMetrics.MeterName, "System.Runtime").AddOtlpExporter())
            .WithLogging(logs => logs.AddProcessor(new LogPrivacy()).AddOtlpExporter(), options => options.IncludeFormattedMessage = true);
        return services;
    }
}

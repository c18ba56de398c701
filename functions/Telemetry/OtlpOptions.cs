using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Serverless.Banking;

namespace Serverless.Functions.Telemetry;

/// <summary>Where traces, metrics and logs go. The names are OpenTelemetry's own, and so are its further ones: what its SDK reads (<c>OTEL_TRACES_SAMPLER</c>, <c>OTEL_METRIC_EXPORT_INTERVAL</c>) may be set as well.</summary>
public sealed class OtlpOptions : IValidatableObject
{
    public const string EndpointName = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string ProtocolName = "OTEL_EXPORTER_OTLP_PROTOCOL";
    public const string ServiceNameName = "OTEL_SERVICE_NAME";
    public const string UsualServiceName = "bank";

    /// <summary>The collector's address, such as <c>http://127.0.0.1:4318</c>. Without one nothing is exported.</summary>
    [ConfigurationKeyName(EndpointName)]
    public string Endpoint { get; set; } = "";

    /// <summary>How it is spoken to: <c>grpc</c> or <c>http/protobuf</c>.</summary>
    [ConfigurationKeyName(ProtocolName)]
    [RegularExpression("grpc|http/protobuf")]
    public string Protocol { get; set; } = "http/protobuf";

    /// <summary>What the collector wants to see besides, as <c>name=value,name=value</c>: often its key.</summary>
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_HEADERS")]
    [Secret]
    public string Headers { get; set; } = "";

    /// <summary>What the bank is called there.</summary>
    [ConfigurationKeyName(ServiceNameName)]
    public string ServiceName { get; set; } = UsualServiceName;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint.Length > 0 && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            yield return new ValidationResult($"{EndpointName} is not an absolute http or https address.", [nameof(Endpoint)]);
    }
}

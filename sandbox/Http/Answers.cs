using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Serverless.Sandbox.Http;

/// <summary>The one JSON dialect of all parties, and the shape of their refusals.</summary>
internal static class Answers
{
    /// <summary>Exact: case, types, no unknown or repeated members. A partner that guesses hides the bank's mistakes.</summary>
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new UtcTime() },
    };

    public static IResult Json<T>(int status, T value) => TypedResults.Json(value, Options, statusCode: status);

    public static IResult Refuse(int status, string code, string message) => Json(status, new Refusal(code, message));

    internal sealed record Refusal(string Code, string Message);

    /// <summary>Times are UTC, to the millisecond: <c>2026-01-01T06:00:00.000Z</c>.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}

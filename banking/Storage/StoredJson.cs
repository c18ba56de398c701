using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Storage;

/// <summary>How the bank's own types are written inside a sealed text or a column: exact, and readable by a later version.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = Sealed(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new StoredErrorConverter(),
            new TextConverter<Money>(Write, Read),
            new TextConverter<Currency>(currency => currency.Code, Currency.Of),
            new TextConverter<CustomerId>(customer => customer.Value, CustomerId.Of),
            new TextConverter<LocalDate>(LocalDatePattern.Iso.Format, text => LocalDatePattern.Iso.Parse(text).GetValueOrThrow()),
            new TextConverter<Instant>(InstantPattern.ExtendedIso.Format, text => InstantPattern.ExtendedIso.Parse(text).GetValueOrThrow()),
        },
    });

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <exception cref="JsonException">The text was not written by this code.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("Nothing is stored here.");

    private static string Write(Money money) => $"{money.ToDecimalString()} {money.Currency.Code}";

    private static Money Read(string text) =>
        text.Split(' ') is [var amount, var code] && Money.Find(amount, Currency.Of(code)) is { } money ? money : throw new JsonException("Not an amount.");

    private static JsonSerializerOptions Sealed(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }
}

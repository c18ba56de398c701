using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Text;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>How the API writes and reads JSON: camelCase, codes in snake_case, exact amounts, ISO dates, times in UTC.</summary>
public static class ApiJson
{
    /// <summary>The same objects wherever they are used: options that are equal share what they have found out about each type.</summary>
    private static readonly JsonConverter[] Converters =
    [
        new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        new OptionalConverter(),
        new MoneyConverter(),
        new TextConverter<Currency>(c => c.Code, text => Currency.Find(text) ?? throw new JsonException()),
        new TextConverter<CustomerId>(c => c.Value, text => CustomerId.Find(text) ?? throw new JsonException()),
        PatternConverter(LocalDatePattern.Iso),
        PatternConverter(InstantPattern.ExtendedIso),
        new IdConverter(),
    ];

    /// <summary>What answers are written with.</summary>
    public static JsonSerializerOptions Options { get; } = Sealed(Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    /// <summary>What a body is read with once <see cref="Shape"/> has checked it; strict all the same.</summary>
    internal static JsonSerializerOptions Strict { get; } = Sealed(Configure(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    }));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        foreach (var converter in Converters)
            options.Converters.Add(converter);
        return options;
    }

    private static JsonSerializerOptions Sealed(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static TextConverter<T> PatternConverter<T>(IPattern<T> pattern) =>
        new(pattern.Format, text => pattern.Parse(text) is { Success: true } parsed ? parsed.Value : throw new JsonException());

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<AmountDto>(ref reader, options) is { } amount
            && Currency.Find(amount.Currency) is { } currency
            && Money.Find(amount.Amount, currency) is { } money
                ? money
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, AmountDto.From(value), options);
    }

    /// <summary>The bank's ids (<c>readonly record struct AccountId(Guid Value)</c>) are written as their value.</summary>
    private sealed class IdConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => Ids.IsId(typeToConvert) && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<,>).MakeGenericType(typeToConvert, Ids.ValueTypeOf(typeToConvert)))!;

        private sealed class Of<TId, TValue> : JsonConverter<TId>
        {
            public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                (TId)Activator.CreateInstance(typeof(TId), JsonSerializer.Deserialize<TValue>(ref reader, options))!;

            public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, (TValue)Ids.Unwrap(value)!, options);
        }
    }
}

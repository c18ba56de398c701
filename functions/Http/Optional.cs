using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Functions.Http;

/// <summary>A member of a PATCH body: absent (leave it), null (take it away, when T allows null) or a value.</summary>
/// <remarks>The default value of this type is absent.</remarks>
public readonly record struct Optional<T>
{
    private readonly T? value;

    public Optional(T? value) => (this.value, IsSet) = (value, true);

    public bool IsSet { get; }

    /// <exception cref="InvalidOperationException">Absent.</exception>
    public T? Value => IsSet ? value : throw new InvalidOperationException("The member was absent.");

    /// <summary>The new value, or the one there is when the member was absent.</summary>
    public T? Or(T? current) => IsSet ? value : current;
}

internal sealed class OptionalConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;

    private sealed class Of<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}

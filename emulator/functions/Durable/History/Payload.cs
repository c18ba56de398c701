using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Emulator.Durable.History;

/// <summary>Serialized input, output or event data. A long one moves to a blob; then <see cref="Blob"/> names it.</summary>
[JsonConverter(typeof(Json))]
internal sealed class Payload(string? text, string? blob = null)
{
    /// <summary>60 KiB of UTF-16, which still fits a table's string property.</summary>
    public const int MaxInlineChars = 30 * 1024;

    public string Text
    {
        get => text ?? throw new InvalidOperationException($"The payload in blob '{Blob}' was not read.");
        set => text = value;
    }

    public string? Blob { get; set; } = blob;

    public bool IsRead => text is not null;

    public static Payload? Of(string? text) => text is null ? null : new(text);

    private sealed class Json : JsonConverter<Payload>
    {
        public override Payload? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return new(reader.GetString());

            reader.Read();
            reader.Read();
            var blob = reader.GetString();
            reader.Read();
            return new(null, blob);
        }

        public override void Write(Utf8JsonWriter writer, Payload value, JsonSerializerOptions options)
        {
            if (value.Blob is null)
            {
                writer.WriteStringValue(value.Text);
                return;
            }

            writer.WriteStartObject();
            writer.WriteString("blob", value.Blob);
            writer.WriteEndObject();
        }
    }
}

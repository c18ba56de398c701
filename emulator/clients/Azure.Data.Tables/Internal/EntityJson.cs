using System.Buffers;
using System.Text.Json;

namespace Azure.Data.Tables.Internal;

/// <summary>Rows to JSON and back, for dictionaries and for classes.</summary>
internal static class EntityJson
{
    public static ReadOnlyMemory<byte> Serialize(ITableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Serialize(entity, buffer);
        return buffer.WrittenMemory;
    }

    public static void Serialize(ITableEntity entity, IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        if (entity is IDictionary<string, object> values)
        {
            foreach (var (name, value) in values)
            {
                if (name is not (PropertyNames.Timestamp or PropertyNames.ETag)
                    && !name.StartsWith(PropertyNames.ODataPrefix, StringComparison.Ordinal))
                    EdmJson.Write(writer, name, value);
            }
        }
        else
        {
            BoundType.Of(entity.GetType()).Write(writer, entity);
        }

        writer.WriteEndObject();
    }

    public static T Deserialize<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read<T>(ref reader);
    }

    /// <summary>The rows of <c>{"odata.metadata":…,"value":[…]}</c>.</summary>
    public static List<T> DeserializePage<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        var rows = new List<T>();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRows = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isRows)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                rows.Add(Read<T>(ref reader));
        }

        return rows;
    }

    private static T Read<T>(ref Utf8JsonReader reader)
        where T : class, ITableEntity
    {
        var entity = Activator.CreateInstance<T>();
        if (entity is IDictionary<string, object> values)
            ReadDictionary(ref reader, values);
        else
            BoundType.Of(typeof(T)).Read(ref reader, entity);

        return entity;
    }

    /// <summary>An annotation may stand before its value (Azure) or after it, so types are applied at the end.</summary>
    private static void ReadDictionary(ref Utf8JsonReader reader, IDictionary<string, object> values)
    {
        List<(string Name, string Type)>? annotations = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name.EndsWith(PropertyNames.TypeSuffix, StringComparison.Ordinal))
                (annotations ??= []).Add((name[..^PropertyNames.TypeSuffix.Length], reader.GetString()!));
            else if (EdmJson.ReadUntyped(ref reader) is { } value && (name == PropertyNames.ODataETag || !name.StartsWith(PropertyNames.ODataPrefix, StringComparison.Ordinal)))
                Set(values, name, name == PropertyNames.Timestamp ? EdmJson.ParseMoment((string)value) : value);
        }

        foreach (var (name, type) in annotations ?? [])
        {
            if (values.TryGetValue(name, out var value))
                Set(values, name, EdmJson.Convert(value, type));
        }
    }

    private static void Set(IDictionary<string, object> values, string name, object value)
    {
        if (values is TableEntity entity)
            entity.SetRead(name, value);
        else
            values[name] = value;
    }
}

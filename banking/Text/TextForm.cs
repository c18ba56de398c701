using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Banking;

/// <summary>How a value of one text looks, for whoever takes it from outside: the API reads and documents it by this.</summary>
/// <param name="pattern">Without anchors; the whole text must match. What matches can be read.</param>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class TextFormAttribute(string pattern, string example, int lengthAtMost) : Attribute
{
    public string Pattern { get; } = pattern;

    public string Example { get; } = example;

    public int LengthAtMost { get; } = lengthAtMost;

    /// <summary>Stands in for a faulty one while the rest is looked at: nobody's real value.</summary>
    public string Harmless { get; set; } = example;
}

/// <summary>A value that is one text.</summary>
public interface ITextValue<TSelf> where TSelf : struct, ITextValue<TSelf>
{
    string Value { get; }

    /// <summary>Null for another form.</summary>
    static abstract TSelf? Find(string? text);
}

/// <summary>Written as its text, whoever writes it.</summary>
internal sealed class TextValueConverter<T> : JsonConverter<T> where T : struct, ITextValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Find(reader.GetString()) ?? throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Banking.Storage;

/// <summary>Keeps the error an operation ended with, so that a retry with the same key gets the same answer: the record's name, then its facts as JSON.</summary>
internal static class StoredError
{
    private static readonly Lazy<Dictionary<string, Type>> Types = new(() => typeof(Error).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && typeof(Error).IsAssignableFrom(type))
        .ToDictionary(type => type.FullName!, StringComparer.Ordinal));

    public static string Write(Error error) => $"{error.GetType().FullName} {JsonSerializer.Serialize(error, error.GetType(), StoredJson.Options)}";

    /// <exception cref="InvalidOperationException">The error was renamed since: map its old name here.</exception>
    public static Error Read(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return Types.Value.TryGetValue(text[..space], out var type)
            ? (Error)JsonSerializer.Deserialize(text[(space + 1)..], type, StoredJson.Options)!
            : throw new InvalidOperationException($"No error is called {text[..space]} any more.");
    }
}

internal sealed class StoredErrorConverter : JsonConverter<Error>
{
    public override Error Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => StoredError.Read(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Error value, JsonSerializerOptions options) => writer.WriteStringValue(StoredError.Write(value));
}

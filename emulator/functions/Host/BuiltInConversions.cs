using System.Globalization;
using System.Text;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Serverless.Emulator.Hosting;

/// <summary>The worker's registered converters: same type, Guid, dates, bytes, and the serializer for everything else.</summary>
internal static class BuiltInConversions
{
    public static ConversionResult Convert(Type target, object? source, ObjectSerializer serializer)
    {
        if (source is null)
            return ConversionResult.Unhandled();

        if (target.IsInstanceOfType(source))
            return ConversionResult.Success(source);

        try
        {
            return (source, Nullable.GetUnderlyingType(target) ?? target) switch
            {
                (string text, var type) when type == typeof(Guid) => Parsed(Guid.TryParse(text, out var value), value),
                (string text, var type) when type == typeof(DateTime) =>
                    Parsed(DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var value), value),
                (string text, var type) when type == typeof(DateTimeOffset) =>
                    Parsed(DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value), value),
                (string text, var type) when type == typeof(DateOnly) =>
                    Parsed(DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var value), value),
                (string text, var type) when type == typeof(TimeOnly) =>
                    Parsed(TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var value), value),
                (_, var type) when type == typeof(string) => ConversionResult.Success(Text(source)),
                (_, var type) when type == typeof(byte[]) => ConversionResult.Success(Bytes(source)),
                (_, var type) when type == typeof(ReadOnlyMemory<byte>) => ConversionResult.Success(new ReadOnlyMemory<byte>(Bytes(source))),
                (_, var type) when type == typeof(BinaryData) => ConversionResult.Success(new BinaryData(Bytes(source))),
                (string or byte[] or BinaryData, _) => Json(target, Bytes(source), serializer),
                _ => ConversionResult.Unhandled(),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or NotSupportedException)
        {
            return ConversionResult.Failed(e);
        }
    }

    /// <summary>A text that is not of the type goes on to the serializer, which refuses it with its reason.</summary>
    private static ConversionResult Parsed<T>(bool isParsed, T value) => isParsed
        ? ConversionResult.Success(value)
        : ConversionResult.Failed(new FormatException($"The text is not a {typeof(T).Name}."));

    private static ConversionResult Json(Type target, byte[] bytes, ObjectSerializer serializer)
    {
        try
        {
            return ConversionResult.Success(serializer.Deserialize(new MemoryStream(bytes), target, CancellationToken.None));
        }
        catch (Exception e)
        {
            return ConversionResult.Failed(e);
        }
    }

    private static string? Text(object source) => source switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => source.ToString(),
    };

    private static byte[] Bytes(object source) => source switch
    {
        byte[] bytes => bytes,
        BinaryData data => data.ToArray(),
        _ => Encoding.UTF8.GetBytes(Text(source) ?? string.Empty),
    };
}

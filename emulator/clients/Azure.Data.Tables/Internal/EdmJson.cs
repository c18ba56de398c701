using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Internal;

/// <summary>Writes one column with its type annotation and reads one value back.</summary>
/// <remarks>
/// A null is not sent: the service ignores null columns, and Azurite would erase the stored value on a merge.
/// </remarks>
internal static class EdmJson
{
    public static void Write(Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case string text:
                writer.WriteString(name, text);
                return;
            case int number:
                writer.WriteNumber(name, number);
                return;
            case bool flag:
                writer.WriteBoolean(name, flag);
                return;
            case long number:
                Annotate(writer, name, Edm.Int64);
                Span<char> digits = stackalloc char[20];
                number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
                writer.WriteString(name, digits[..length]);
                return;
            case double number:
                WriteDouble(writer, name, number);
                return;
            case Guid id:
                Annotate(writer, name, Edm.Guid);
                writer.WriteString(name, id);
                return;
            case DateTimeOffset moment:
                Annotate(writer, name, Edm.DateTime);
                writer.WriteString(name, Format(moment));
                return;
            case DateTime moment:
                Annotate(writer, name, Edm.DateTime);
                writer.WriteString(name, Format(moment));
                return;
            case byte[] bytes:
                Annotate(writer, name, Edm.Binary);
                writer.WriteBase64String(name, bytes);
                return;
            case BinaryData bytes:
                Annotate(writer, name, Edm.Binary);
                writer.WriteBase64String(name, bytes.ToMemory().Span);
                return;
            case Enum member:
                writer.WriteString(name, member.ToString());
                return;
            default:
                // The official client sends a decimal or float as a double and then cannot read it back; failing is kinder.
                throw new NotSupportedException($"Not supported type {value.GetType()} (column {name}).");
        }
    }

    /// <summary>Seven decimals and <c>Z</c>, the precision of the service.</summary>
    public static string Format(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <exception cref="NotSupportedException">The kind is not UTC: the service could not give it back as it was.</exception>
    public static string Format(DateTime moment) => moment.Kind == DateTimeKind.Utc
        ? Format(new DateTimeOffset(moment))
        : throw new NotSupportedException($"DateTime {moment:O} has a Kind of {moment.Kind}. Azure SDK requires it to be UTC.");

    /// <summary>Reads the value the reader stands on, by what JSON says alone.</summary>
    public static object? ReadUntyped(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.True:
            case JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Number:
                if (reader.TryGetInt32(out var small))
                    return small;
                return reader.TryGetInt64(out var large) ? large : reader.GetDouble();
            case JsonTokenType.Null:
                return null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>Gives an untyped value the type its annotation names.</summary>
    public static object Convert(object value, string type) => (type, value) switch
    {
        (Edm.Binary, string text) => System.Convert.FromBase64String(text),
        (Edm.DateTime, string text) => ParseMoment(text),
        (Edm.Guid, string text) => Guid.Parse(text),
        (Edm.Int64, string text) => long.Parse(text, CultureInfo.InvariantCulture),
        (Edm.Int64, int number) => (long)number,
        (Edm.Double, int or long) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (Edm.Double, string text) => double.Parse(text, CultureInfo.InvariantCulture),
        (Edm.Binary or Edm.DateTime or Edm.Guid or Edm.Int64 or Edm.Double or Edm.Int32 or Edm.Boolean or Edm.String, _) => value,
        _ => throw new NotSupportedException($"Not supported type {type}"),
    };

    public static DateTimeOffset ParseMoment(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static void WriteDouble(Utf8JsonWriter writer, string name, double number)
    {
        Annotate(writer, name, Edm.Double);
        if (double.IsFinite(number))
            writer.WriteNumber(name, number);
        else
            writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
    }

    private static void Annotate(Utf8JsonWriter writer, string name, string type)
    {
        Span<char> annotation = stackalloc char[256 + PropertyNames.TypeSuffix.Length];
        if (name.Length > 256)
        {
            writer.WriteString(name + PropertyNames.TypeSuffix, type);
            return;
        }

        name.CopyTo(annotation);
        PropertyNames.TypeSuffix.CopyTo(annotation[name.Length..]);
        writer.WriteString(annotation[..(name.Length + PropertyNames.TypeSuffix.Length)], type);
    }
}

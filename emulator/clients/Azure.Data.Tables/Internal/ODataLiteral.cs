using System.Globalization;

namespace Azure.Data.Tables.Internal;

/// <summary>Values as OData literals, with quotes escaped.</summary>
internal static class ODataLiteral
{
    /// <summary>Also for keys in an address: a quote is doubled.</summary>
    public static string Escape(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{Escape(text)}'",
        char letter => $"'{Escape(letter.ToString())}'",
        bool flag => flag ? "true" : "false",
        int or short or byte or sbyte or ushort => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number => Of(number),
        float number => Of((double)number),
        decimal number => Of((double)number),
        Guid id => $"guid'{id}'",
        DateTimeOffset moment => $"datetime'{EdmJson.Format(moment)}'",
        DateTime moment => $"datetime'{EdmJson.Format(new DateTimeOffset(moment))}'",
        byte[] bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexStringLower(bytes.ToMemory().Span)}'",
        Enum member => $"'{member}'",
        _ => throw new ArgumentException($"Unable to convert value of type {value.GetType()} to an OData literal."),
    };

    private static string Of(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.All(character => character == '-' || char.IsAsciiDigit(character)) ? text + ".0" : text;
    }
}

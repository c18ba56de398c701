using System.Globalization;
using System.Runtime.Serialization;

namespace Serverless.Emulator.ServiceBus;

/// <summary>An application property as text that keeps its type: <c>i4:42</c>.</summary>
internal static class PropertyValue
{
    /// <exception cref="SerializationException">A type that Service Bus does not carry.</exception>
    public static string Write(string name, object? value) => value switch
    {
        null => "null:",
        string v => $"s:{v}",
        bool v => v ? "b:1" : "b:0",
        byte v => Number("u1", v),
        sbyte v => Number("i1", v),
        short v => Number("i2", v),
        ushort v => Number("u2", v),
        int v => Number("i4", v),
        uint v => Number("u4", v),
        long v => Number("i8", v),
        ulong v => Number("u8", v),
        float v => $"r4:{v.ToString("R", CultureInfo.InvariantCulture)}",
        double v => $"r8:{v.ToString("R", CultureInfo.InvariantCulture)}",
        decimal v => Number("d", v),
        char v => $"c:{(int)v}",
        Guid v => $"g:{v:D}",
        Uri v => $"uri:{v.OriginalString}",
        DateTime v => $"t:{v.ToString("O", CultureInfo.InvariantCulture)}",
        DateTimeOffset v => $"o:{v.ToString("O", CultureInfo.InvariantCulture)}",
        TimeSpan v => $"ts:{v.Ticks.ToString(CultureInfo.InvariantCulture)}",
        byte[] v => $"x:{Convert.ToBase64String(v)}",
        _ => throw new SerializationException($"The application property '{name}' has the type {value.GetType()}, which Service Bus does not carry."),
    };

    public static object? Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var value = text[(colon + 1)..];
        var culture = CultureInfo.InvariantCulture;
        return text[..colon] switch
        {
            "s" => value,
            "b" => value == "1",
            "u1" => byte.Parse(value, culture),
            "i1" => sbyte.Parse(value, culture),
            "i2" => short.Parse(value, culture),
            "u2" => ushort.Parse(value, culture),
            "i4" => int.Parse(value, culture),
            "u4" => uint.Parse(value, culture),
            "i8" => long.Parse(value, culture),
            "u8" => ulong.Parse(value, culture),
            "r4" => float.Parse(value, culture),
            "r8" => double.Parse(value, culture),
            "d" => decimal.Parse(value, culture),
            "c" => (char)int.Parse(value, culture),
            "g" => Guid.Parse(value),
            "uri" => new Uri(value, UriKind.RelativeOrAbsolute),
            "t" => DateTime.Parse(value, culture, DateTimeStyles.RoundtripKind),
            "o" => DateTimeOffset.Parse(value, culture, DateTimeStyles.RoundtripKind),
            "ts" => TimeSpan.FromTicks(long.Parse(value, culture)),
            "x" => Convert.FromBase64String(value),
            _ => null,
        };
    }

    private static string Number(string type, IFormattable value) => $"{type}:{value.ToString(null, CultureInfo.InvariantCulture)}";
}

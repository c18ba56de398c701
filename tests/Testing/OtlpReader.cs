using System.Buffers.Binary;
using System.Text;

namespace Serverless.Testing;

/// <param name="Scope">The source that made it.</param>
/// <param name="Parent">Empty for the root of its trace.</param>
/// <param name="Status">The message of its status.</param>
public sealed record OtlpSpan(string Scope, string Name, string TraceId, string SpanId, string Parent, IReadOnlyDictionary<string, string> Attributes, int Events, string Status);

/// <param name="Count">Measurements in a histogram's point; else 1.</param>
public sealed record OtlpPoint(string Meter, string Name, string Unit, string Description, IReadOnlyDictionary<string, string> Attributes, double Value, long Count);

public sealed record OtlpLog(string Category, string Body, string TraceId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Reads OTLP's protobuf messages (opentelemetry-proto, trace/metrics/logs v1) as far as tests look at them.</summary>
internal static class OtlpReader
{
    public static IEnumerable<OtlpSpan> Spans(byte[] request) => Scoped(request).Select(it => new OtlpSpan(
        it.Scope, Text(it.Record, 5), Hex(it.Record, 1), Hex(it.Record, 2), Hex(it.Record, 4), Attributes(it.Record, 9), it.Record.Count(field => field.Number == 11),
        Message(it.Record, 15) is { } status ? Text(status, 2) : ""));

    public static IEnumerable<OtlpLog> Logs(byte[] request) => Scoped(request).Select(it => new OtlpLog(
        it.Scope, Message(it.Record, 5) is { } body ? Value(body) : "", Hex(it.Record, 9), Attributes(it.Record, 6)));

    /// <summary>Of gauges (5), sums (7) and histograms (9).</summary>
    public static IEnumerable<OtlpPoint> Points(byte[] request) =>
        from it in Scoped(request)
        from kind in new[] { 5, 7, 9 }
        from data in Messages(it.Record, kind)
        from point in Messages(data, 1)
        select new OtlpPoint(
            it.Scope, Text(it.Record, 1), Text(it.Record, 3), Text(it.Record, 2), Attributes(point, kind == 9 ? 9 : 7),
            kind == 9 ? Double(point, 5) : point.Any(field => field.Number == 6) ? unchecked((long)Number(point, 6)) : Double(point, 4),
            kind == 9 ? (long)Number(point, 4) : 1);

    /// <summary>Request, resource, scope: the three signals have the same shape.</summary>
    private static IEnumerable<(string Scope, List<Field> Record)> Scoped(byte[] request) =>
        from resource in Messages(Fields(request), 1)
        from scope in Messages(resource, 2)
        from record in Messages(scope, 2)
        select (Message(scope, 1) is { } named ? Text(named, 1) : "", record);

    private static Dictionary<string, string> Attributes(List<Field> message, int number)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Messages(message, number))
            found[Text(pair, 1)] = Message(pair, 2) is { } value ? Value(value) : "";
        return found;
    }

    private static string Value(List<Field> any) => any.Count == 0 ? "" : any[0].Number switch
    {
        1 => Encoding.UTF8.GetString(any[0].Bytes),
        4 => BitConverter.UInt64BitsToDouble(any[0].Number64).ToString(System.Globalization.CultureInfo.InvariantCulture),
        5 => string.Join(',', Messages(Fields(any[0].Bytes), 1).Select(Value)),
        _ => unchecked((long)any[0].Number64).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static IEnumerable<List<Field>> Messages(List<Field> message, int number) => message.Where(field => field.Number == number).Select(field => Fields(field.Bytes));

    private static List<Field>? Message(List<Field> message, int number) => Messages(message, number).FirstOrDefault();

    private static string Text(List<Field> message, int number) => message.Find(field => field.Number == number) is { } found ? Encoding.UTF8.GetString(found.Bytes) : "";

    private static string Hex(List<Field> message, int number) => message.Find(field => field.Number == number) is { } found ? Convert.ToHexStringLower(found.Bytes) : "";

    private static ulong Number(List<Field> message, int number) => message.Find(field => field.Number == number)?.Number64 ?? 0;

    private static double Double(List<Field> message, int number) => BitConverter.UInt64BitsToDouble(Number(message, number));

    private static List<Field> Fields(byte[] message)
    {
        var (fields, at) = (new List<Field>(), 0);
        while (at < message.Length)
        {
            var key = Varint(message, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add(new Field(number, Varint(message, ref at), []));
                    break;
                case 1:
                    fields.Add(new Field(number, BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)), []));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    fields.Add(new Field(number, 0, message[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    fields.Add(new Field(number, BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)), []));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {key & 7} is not in OTLP.");
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var one = message[at++];
            value |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
                return value;
        }
    }

    private sealed record Field(int Number, ulong Number64, byte[] Bytes);
}

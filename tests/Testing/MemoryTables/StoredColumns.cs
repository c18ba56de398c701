using System.Collections.Concurrent;
using System.Text;

namespace Serverless.Testing;

/// <summary>A row's columns without its keys, as bytes.</summary>
/// <remarks>
/// What is kept is one array and not the dozens of objects that a row is to its caller: with those, collecting garbage was half of what the domain's
/// rate measured, and it grew with the books. It also makes every row read a copy.
/// </remarks>
internal static class StoredColumns
{
    private enum Kind : byte
    {
        Text,
        Int,
        Long,
        Double,
        True,
        False,
        Moment,
        Guid,
        Bytes,
    }

    /// <param name="columns">Of the types that <see cref="EntityShape"/> lets through.</param>
    public static byte[] Write(IEnumerable<KeyValuePair<string, object>> columns)
    {
        using var bytes = new MemoryStream(512);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        foreach (var (name, value) in columns)
        {
            writer.Write7BitEncodedInt(Names.NumberOf(name));
            Write(writer, value);
        }

        return bytes.ToArray();
    }

    /// <summary>In the order in which they were written.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Read(byte[] stored)
    {
        using var reader = new BinaryReader(new MemoryStream(stored), Encoding.UTF8);
        while (reader.BaseStream.Position < stored.Length)
        {
            yield return new(Names.OfNumber(reader.Read7BitEncodedInt()), ReadValue(reader));
        }
    }

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                Begin(Kind.Text).Write(text);
                break;
            case int number:
                Begin(Kind.Int).Write(number);
                break;
            case long number:
                Begin(Kind.Long).Write(number);
                break;
            case double number:
                Begin(Kind.Double).Write(number);
                break;
            case bool truth:
                Begin(truth ? Kind.True : Kind.False);
                break;
            case DateTimeOffset moment:
                Begin(Kind.Moment).Write(moment.UtcTicks);
                break;
            case Guid id:
                Begin(Kind.Guid).Write(id.ToByteArray());
                break;
            case byte[] data:
                Begin(Kind.Bytes).Write7BitEncodedInt(data.Length);
                writer.Write(data);
                break;
            default:
                throw new NotSupportedException($"Not supported type {value.GetType()}.");
        }

        BinaryWriter Begin(Kind kind)
        {
            writer.Write((byte)kind);
            return writer;
        }
    }

    private static object ReadValue(BinaryReader reader) => (Kind)reader.ReadByte() switch
    {
        Kind.Text => reader.ReadString(),
        Kind.Int => reader.ReadInt32(),
        Kind.Long => reader.ReadInt64(),
        Kind.Double => reader.ReadDouble(),
        Kind.True => true,
        Kind.False => false,
        Kind.Moment => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        Kind.Guid => new Guid(reader.ReadBytes(16)),
        Kind.Bytes => reader.ReadBytes(reader.Read7BitEncodedInt()),
        var kind => throw new InvalidDataException($"Kind {kind}."),
    };

    /// <summary>Every row of a kind has the same names: each is kept once.</summary>
    private static class Names
    {
        private static readonly ConcurrentDictionary<string, int> Numbers = new(StringComparer.Ordinal);
        private static readonly ConcurrentDictionary<int, string> Texts = new();
        private static int last;

        public static int NumberOf(string name) => Numbers.TryGetValue(name, out var number) ? number : Numbers.GetOrAdd(name, Add);

        public static string OfNumber(int number) => Texts[number];

        /// <summary>Two at once may give a name two numbers: both read as the name.</summary>
        private static int Add(string name)
        {
            var number = Interlocked.Increment(ref last);
            Texts[number] = name;
            return number;
        }
    }
}

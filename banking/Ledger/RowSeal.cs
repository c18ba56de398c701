using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace Serverless.Banking.Ledger;

/// <summary>SHA-256 over a row's keys and every stored property, kept in the row itself, so that a changed byte is found and named.</summary>
/// <remarks>
/// Canonical form: properties in ordinal order of their names, each as name, type letter and invariant text, every part with its length before it.
/// Left out: the seal itself, the service's timestamp and ETag. It finds damage and careless edits, not a forger who recomputes the seals.
/// </remarks>
internal static class RowSeal
{
    public const string Column = "Hash";

    public static TableEntity Seal(TableEntity row)
    {
        row[Column] = Of(row);
        return row;
    }

    public static bool IsIntact(TableEntity row) => row.TryGetValue(Column, out var seal) && Of(row).Equals(seal as string, StringComparison.Ordinal);

    public static string Of(TableEntity row)
    {
        // Every row of the books passes here twice, written and proven: no strings are made on the way.
        var names = ArrayPool<string>.Shared.Rent(row.Count);
        var count = 0;
        foreach (var name in row.Keys)
        {
            if (IsSealed(name))
            {
                names[count++] = name;
            }
        }

        Array.Sort(names, 0, count, StringComparer.Ordinal);
        var text = new CanonicalText();
        text.Append("PartitionKey", 's', row.PartitionKey);
        text.Append("RowKey", 's', row.RowKey);
        for (var i = 0; i < count; i++)
        {
            Append(ref text, names[i], row[names[i]]);
        }

        ArrayPool<string>.Shared.Return(names, clearArray: true);
        return text.Hash();
    }

    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsSealed(string name) =>
        name is not (Column or "PartitionKey" or "RowKey" or "Timestamp") && !name.Contains("odata.", StringComparison.Ordinal);

    private static void Append(ref CanonicalText text, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string form:
                text.Append(name, 's', form);
                break;
            case long number:
                Span<char> digits = stackalloc char[20];
                number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
                text.Append(name, 'l', digits[..length]);
                break;
            case bool truth:
                text.Append(name, 'b', truth ? "true" : "false");
                break;
            default:
                text.Append(name, '?', $"{value.GetType().Name}:{Convert.ToString(value, CultureInfo.InvariantCulture)}");
                break;
        }
    }

    /// <summary>Characters in a rented buffer.</summary>
    private ref struct CanonicalText
    {
        private const int Usual = 2048;

        private char[] text = ArrayPool<char>.Shared.Rent(Usual);
        private int length;

        public CanonicalText()
        {
        }

        public void Append(string name, char type, scoped ReadOnlySpan<char> form)
        {
            Number(name.Length);
            Add(":");
            Add(name);
            Add([type]);
            Number(form.Length);
            Add(":");
            Add(form);
        }

        /// <summary>SHA-256 in lower-case hexadecimal; the buffer is given back.</summary>
        public readonly string Hash()
        {
            var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(length));
            var count = Encoding.UTF8.GetBytes(text.AsSpan(0, length), bytes);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, count), hash);
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(text);
            return Convert.ToHexStringLower(hash);
        }

        private void Number(int number)
        {
            Span<char> digits = stackalloc char[11];
            number.TryFormat(digits, out var count, provider: CultureInfo.InvariantCulture);
            Add(digits[..count]);
        }

        private void Add(scoped ReadOnlySpan<char> part)
        {
            if (length + part.Length > text.Length)
            {
                var larger = ArrayPool<char>.Shared.Rent(Math.Max(2 * text.Length, length + part.Length));
                text.AsSpan(0, length).CopyTo(larger);
                ArrayPool<char>.Shared.Return(text);
                text = larger;
            }

            part.CopyTo(text.AsSpan(length));
            length += part.Length;
        }
    }
}

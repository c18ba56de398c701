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
        var text = new StringBuilder(512);
        Append(text, "PartitionKey", row.PartitionKey);
        Append(text, "RowKey", row.RowKey);
        foreach (var (name, value) in row.Where(property => IsSealed(property.Key)).OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (value is not null)
            {
                Append(text, name, value);
            }
        }

        return Hex(text.ToString());
    }

    public static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsSealed(string name) =>
        name is not (Column or "PartitionKey" or "RowKey" or "Timestamp") && !name.Contains("odata.", StringComparison.Ordinal);

    private static void Append(StringBuilder text, string name, object value)
    {
        var (type, form) = value switch
        {
            string s => ('s', s),
            long l => ('l', l.ToString(CultureInfo.InvariantCulture)),
            bool b => ('b', b ? "true" : "false"),
            _ => ('?', $"{value.GetType().Name}:{Convert.ToString(value, CultureInfo.InvariantCulture)}"),
        };
        text.Append(CultureInfo.InvariantCulture, $"{name.Length}:{name}{type}{form.Length}:{form}");
    }
}

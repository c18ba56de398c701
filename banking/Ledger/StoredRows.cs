using Azure.Data.Tables;

namespace Serverless.Banking.Ledger;

/// <summary>Reads properties of stored rows: strictly where the ledger acts on them, leniently where it looks for damage.</summary>
internal static class StoredRows
{
    /// <exception cref="FormatException">Absent, or of another type: the row was not written by this code.</exception>
    public static string RequiredText(this TableEntity row, string name) => row.Text(name) ?? throw Broken(row, name);

    /// <exception cref="FormatException">Absent, or of another type.</exception>
    public static long RequiredNumber(this TableEntity row, string name) => row.Number(name) ?? throw Broken(row, name);

    /// <summary>Null when absent or of another type.</summary>
    public static string? Text(this TableEntity row, string name) => row.TryGetValue(name, out var value) ? value as string : null;

    /// <summary>Null when absent or of another type.</summary>
    public static long? Number(this TableEntity row, string name) => row.TryGetValue(name, out var value) && value is long number ? number : null;

    private static FormatException Broken(TableEntity row, string name) => new($"Row {row.PartitionKey}/{row.RowKey} has no {name}.");
}

namespace Serverless.Testing;

/// <summary>How many rows of which kind the bank's tables have, one line a kind: <c>ledger */marker Posted: 2</c>.</summary>
/// <remarks>
/// Left out is what depends on chance or the hour and costs nothing: the heads of the audit's shards, voided markers, which say that an attempt will never be
/// posted, and who may have ordered in a quarter of an hour, which the sweeper drops after it.
/// A kind is the words with which partition and row key begin (what has digits is a name, shown as *) and the row's state, where it has one.
/// </remarks>
internal static class RowCensus
{
    /// <param name="account">Its tables' names begin with the prefix.</param>
    public static IReadOnlyDictionary<string, int> Of(MemoryTableAccount account, string prefix) => account.Tables
        .Where(table => table.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        .Select(table => (Name: table.Key[prefix.Length..], Rows: table.Value.All()))
        .SelectMany(table => table.Rows.Where(row => IsCounted(table.Name, row)).GroupBy(row => $"{table.Name} {Kind(row)}"))
        .ToDictionary(kind => kind.Key, kind => kind.Count(), StringComparer.Ordinal);

    /// <summary>A line for each kind of which there are fewer than expected, or more than may be left.</summary>
    public static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, int> found, IReadOnlyDictionary<string, int> expected, IReadOnlyCollection<LeftRows> mayLeave) =>
        from kind in found.Keys.Union(expected.Keys).Order(StringComparer.Ordinal)
        let has = found.GetValueOrDefault(kind)
        let should = expected.GetValueOrDefault(kind)
        let left = mayLeave.FirstOrDefault(left => left.Kind == kind)
        where has < should - (left?.Fewer ?? 0) || has > should + (left?.Most ?? 0)
        select $"has {kind}: {has} instead of {should}";

    private static bool IsCounted(string table, MemoryRow row) =>
        !(table == "audit" && row.Key == "head") && !(table == "ledger" && row.Find("State") as string == "Voided")
        && !(table == "TransfersOpen" && row.Key.StartsWith("customer|", StringComparison.Ordinal));

    private static string Kind(MemoryRow row)
    {
        var state = row.Find("State") as string;
        return $"{Word(row.Partition)}/{Word(row.Key)}{(state is null ? "" : $" {state}")}";
    }

    private static string Word(string key)
    {
        var word = key.Split('|')[0];
        return word.Length is > 0 and <= 24 && !word.Any(char.IsDigit) ? word : "*";
    }
}

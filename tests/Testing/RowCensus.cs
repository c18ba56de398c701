namespace Serverless.Testing;

/// <summary>How many rows of which kind the bank's tables have, one line a kind: <c>ledger */marker Posted: 2</c>.</summary>
/// <remarks>
/// Left out is what depends on chance and costs nothing: the heads of the audit's shards, and voided markers, which say that an attempt will never be posted.
/// A kind is the words with which partition and row key begin (what has digits is a name, shown as *) and the row's state, where it has one.
/// </remarks>
internal static class RowCensus
{
    /// <param name="account">Its tables' names begin with the prefix.</param>
    /// <param name="without">Tables to leave out.</param>
    public static IReadOnlySet<string> Of(MemoryTableAccount account, string prefix, IReadOnlyCollection<string> without)
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, table) in account.Tables.Where(table => table.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var own = name[prefix.Length..];
            if (!without.Contains(own))
            {
                lines.UnionWith(table.All().Where(row => IsCounted(own, row)).GroupBy(Kind).Select(kind => $"{own} {kind.Key}: {kind.Count()}"));
            }
        }

        return lines;
    }

    /// <summary>What the one has and the other has not.</summary>
    public static string Difference(IReadOnlySet<string> found, IReadOnlySet<string> expected) => string.Join(
        ", ", found.Except(expected).Order(StringComparer.Ordinal).Select(line => $"has {line}")
            .Concat(expected.Except(found).Order(StringComparer.Ordinal).Select(line => $"should have {line}")));

    private static bool IsCounted(string table, MemoryRow row) =>
        !(table == "audit" && row.Key == "head") && !(table == "ledger" && row.Columns.GetValueOrDefault("State") as string == "Voided");

    private static string Kind(MemoryRow row)
    {
        var state = row.Columns.GetValueOrDefault("State") as string;
        return $"{Word(row.Partition)}/{Word(row.Key)}{(state is null ? "" : $" {state}")}";
    }

    private static string Word(string key)
    {
        var word = key.Split('|')[0];
        return word.Length is > 0 and <= 24 && !word.Any(char.IsDigit) ? word : "*";
    }
}

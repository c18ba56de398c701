namespace Serverless.Scale;

/// <summary>docs/scale.md: text that people write, and tables between marks that the simulator writes.</summary>
internal static class Page
{
    public static string Print(IReadOnlyDictionary<string, string> tables) => string.Join("\n", tables.Select(table => $"## {table.Key}\n\n{table.Value}"));

    /// <exception cref="InvalidOperationException">The page lacks a table's marks.</exception>
    public static string With(string page, IReadOnlyDictionary<string, string> tables)
    {
        foreach (var (name, table) in tables)
        {
            var (begin, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->");
            var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
            if (from < 0 || to < from)
                throw new InvalidOperationException($"The page has no marks for '{name}'.");
            page = $"{page[..(from + begin.Length)]}\n{table}\n{page[to..]}";
        }

        return page;
    }
}

namespace Serverless.Testing;

/// <summary>Keys that are put in order when somebody wants them in order: most are written and never looked for in a range.</summary>
internal sealed class OrderedKeys
{
    /// <summary>So few new ones are inserted one by one; more are sorted with all others.</summary>
    private const int Few = 16;

    private readonly List<string> keys = [];
    private int inOrder;

    /// <param name="key">One that is not there.</param>
    public void Add(string key) => keys.Add(key);

    /// <param name="key">One that is there.</param>
    public void Remove(string key)
    {
        PutInOrder();
        keys.RemoveAt(keys.BinarySearch(key, StringComparer.Ordinal));
        inOrder--;
    }

    /// <param name="from">Inclusive, as <paramref name="to"/>; null is open.</param>
    public IEnumerable<string> Between(string? from, string? to)
    {
        PutInOrder();
        var at = from is null ? 0 : keys.BinarySearch(from, StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < keys.Count && (to is null || string.CompareOrdinal(keys[at], to) <= 0); at++)
        {
            yield return keys[at];
        }
    }

    private void PutInOrder()
    {
        if (keys.Count - inOrder > Few)
        {
            keys.Sort(StringComparer.Ordinal);
            inOrder = keys.Count;
        }

        for (; inOrder < keys.Count; inOrder++)
        {
            var key = keys[inOrder];
            keys.RemoveAt(inOrder);
            keys.Insert(~keys.BinarySearch(0, inOrder, key, StringComparer.Ordinal), key);
        }
    }
}

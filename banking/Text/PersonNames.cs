using System.Text;

namespace Serverless.Banking.Text;

/// <summary>Compares names of people as different parties write them: order, case, accents and middle names aside.</summary>
public static class PersonNames
{
    /// <summary>Whether they can be the same person: at least two words in common, and all words of the shorter one in the longer one.</summary>
    public static bool AreSame(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        var (shorter, longer) = a.Count <= b.Count ? (a, b) : (b, a);
        return shorter.Count >= 2 && shorter.IsSubsetOf(longer);
    }

    /// <summary>Whether they have at least one word in common; a name without words is like any.</summary>
    public static bool AreAlike(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        return a.Count == 0 || b.Count == 0 || a.Overlaps(b);
    }

    /// <summary>The words of at least two letters, in capital basic letters.</summary>
    public static HashSet<string> Words(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!BasicLetters.IsMark(c))
                plain.Append(char.IsLetter(c) ? char.ToUpperInvariant(BasicLetters.Of(c)) : ' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 2)];
    }
}

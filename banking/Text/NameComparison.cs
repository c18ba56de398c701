using System.Text;

namespace Serverless.Banking.Text;

/// <summary>Compares a person's name as somebody wrote it with the one that is registered.</summary>
public static class NameComparison
{
    private const int LettersAtMost = 2;

    /// <summary>The same words in the same order; capitals, accents and punctuation do not count.</summary>
    public static bool AreSame(string written, string registered) => Words(written) is { Length: > 0 } words && words.SequenceEqual(Words(registered));

    /// <summary>The same words in another order, at least two words of which one name has more, or one or two letters of difference in all.</summary>
    public static bool AreClose(string written, string registered)
    {
        var (left, right) = (Words(written).Order(StringComparer.Ordinal).ToArray(), Words(registered).Order(StringComparer.Ordinal).ToArray());
        if (left.Length == 0 || right.Length == 0)
            return false;
        var common = Common(left, right);
        if (common == Math.Max(left.Length, right.Length) || (common >= 2 && common == Math.Min(left.Length, right.Length)))
            return true;
        var (first, second) = (string.Concat(left), string.Concat(right));
        var allowed = Math.Min(LettersAtMost, Math.Min(first.Length, second.Length) / 5);
        return allowed > 0 && Distance(first, second) <= allowed;
    }

    private static string[] Words(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name)
            folded.Append(char.IsLetter(c) ? Fold(char.ToLowerInvariant(c)) : c is '\'' or '’' or '.' ? "" : " ");
        return folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    internal static string Fold(char c) => c switch
    {
        'ë' or 'é' or 'è' or 'ê' => "e",
        'ç' or 'č' or 'ć' => "c",
        'á' or 'à' or 'â' or 'ä' or 'ã' or 'å' => "a",
        'í' or 'ì' or 'î' or 'ï' => "i",
        'ó' or 'ò' or 'ô' or 'ö' or 'õ' => "o",
        'ú' or 'ù' or 'û' or 'ü' => "u",
        'ñ' => "n",
        'š' => "s",
        'ž' => "z",
        _ => c.ToString(),
    };

    private static int Common(string[] left, string[] right)
    {
        var rest = right.ToList();
        return left.Count(rest.Remove);
    }

    /// <summary>Letters to change, add or leave out (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var swap = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(swap, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}

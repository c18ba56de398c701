using System.Text;
using NodaTime;
using Serverless.Banking.Text;

namespace Serverless.Banking.Onboarding;

/// <summary>Somebody on the list.</summary>
/// <param name="Names">The name and every alias.</param>
/// <param name="BornOn">Null when only a year is known, or nothing.</param>
internal sealed record ListedPerson(string Reference, IReadOnlyList<string> Names, LocalDate? BornOn, int? BornInYear);

/// <summary>Compares an applicant with people on a sanctions list (ONB-29): better once too often than once too seldom, since a person looks at every hit.</summary>
internal static class ListedNames
{
    private const string Cyrillic = "абвгдежзийклмнопрстуфхцчшщъыьэюяёђјљњћџ";

    private static readonly string[] Latin =
    [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "c", "ch", "sh", "sht", "a", "i", "", "e", "iu", "ia", "e",
        "d", "i", "li", "ni", "c", "xh",
    ];

    private const string Greek = "αβγδεζηθικλμνξοπρσςτυφχψω";

    private static readonly string[] FromGreek =
        ["a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "ks", "o", "p", "r", "s", "s", "t", "i", "f", "h", "ps", "o"];

    /// <summary>Letters that different alphabets and languages write for the same sound.</summary>
    private static readonly (string Written, string Sounds)[] Sounds =
        [("sch", "sh"), ("tch", "ch"), ("ph", "f"), ("kh", "h"), ("dh", "d"), ("th", "t"), ("ck", "k"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("x", "ks"), ("zh", "z")];

    /// <returns>Whether both can be the same person: the same name in any order and spelling, born on the same day as far as it is known.</returns>
    public static bool CanBe(ListedPerson listed, string name, LocalDate bornOn) => IsBorn(listed, bornOn) && listed.Names.Any(other => AreSame(other, name));

    internal static bool AreSame(string left, string right)
    {
        var (a, b) = (Words(left), Words(right));
        if (a.Length == 0 || b.Length == 0)
            return false;

        // "Al Sahra" is also "Alsahra": once word by word, once all letters together.
        return Joined(a, b) || (Math.Min(a.Length, b.Length) >= 2 && Contains(a, b));
    }

    private static bool Joined(string[] a, string[] b)
    {
        var (left, right) = (string.Concat(a), string.Concat(b));
        var (leftOther, rightOther) = (string.Concat(a.Order(StringComparer.Ordinal)), string.Concat(b.Order(StringComparer.Ordinal)));
        return left.Length >= 5 && right.Length >= 5 && (AreNear(left, right) || AreNear(leftOther, rightOther) || AreNear(string.Concat(a.Reverse()), right));
    }

    /// <summary>All words of the shorter name, each once, in the longer one.</summary>
    private static bool Contains(string[] a, string[] b)
    {
        var (shorter, rest) = a.Length <= b.Length ? (a, b.ToList()) : (b, a.ToList());
        return shorter.All(word => rest.FindIndex(other => AreNear(word, other)) is >= 0 and var at && Drop(rest, at));
    }

    private static bool Drop(List<string> words, int at)
    {
        words.RemoveAt(at);
        return true;
    }

    /// <summary>One letter of difference for every six.</summary>
    private static bool AreNear(string left, string right) => left == right || (Math.Min(left.Length, right.Length) / 6 is > 0 and var allowed && Distance(left, right) <= allowed);

    private static bool IsBorn(ListedPerson listed, LocalDate bornOn) =>
        listed.BornOn is { } day ? day == bornOn || (day.Year == bornOn.Year && day.Month == bornOn.Day && day.Day == bornOn.Month)
        : listed.BornInYear is not { } year || Math.Abs(year - bornOn.Year) <= 1;

    private static string[] Words(string name)
    {
        var plain = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (BasicLetters.IsMark(c) || c is '\'' or '’' or 'ʼ')
                continue;
            var small = char.ToLowerInvariant(BasicLetters.Of(c));
            plain.Append(
                Cyrillic.IndexOf(small, StringComparison.Ordinal) is >= 0 and var at ? Latin[at]
                : Greek.IndexOf(small, StringComparison.Ordinal) is >= 0 and var greek ? FromGreek[greek]
                : char.IsLetter(small) ? small.ToString() : " ");
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Sound).Where(word => word.Length > 0)];
    }

    private static string Sound(string word)
    {
        foreach (var (written, sounds) in Sounds)
            word = word.Replace(written, sounds, StringComparison.Ordinal);

        // Doubled letters are one.
        return string.Concat(word.Where((c, i) => i == 0 || word[i - 1] != c));
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
                current[j] = Math.Min(previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(previous[j], current[j - 1]) + 1);
            previous = current;
        }

        return previous[^1];
    }
}

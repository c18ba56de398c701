using System.Text.RegularExpressions;
using Serverless.Banking.Accounts;

namespace Serverless.Banking.Notifications;

/// <summary>Keeps full card and account numbers out of what a locked screen shows (NOTE-21), whoever wrote them into a name or a label.</summary>
public static partial class ContentSafety
{
    private const string Hidden = "•••";

    /// <summary>As long as its country's are: the bank's own codes may begin like one.</summary>
    private static readonly Regex AccountNumber = new(
        $@"\b(?:{string.Join('|', IbanLengths.All.Select(country => $"{country.Key}[0-9]{{2}}(?: ?[A-Z0-9]){{{country.Value - 4}}}"))})", RegexOptions.CultureInvariant);

    /// <summary>Facts that are amounts, by name.</summary>
    private static readonly HashSet<string> Amounts = new(StringComparer.Ordinal) { "amount", "maximum", "spent", "budget" };

    /// <summary>IBANs, and twelve digits or more with or without spaces, with their last four alone. The bank's own ids, which may have as many, stay.</summary>
    public static string Mask(string text) => LongNumber().Replace(AccountNumber.Replace(text, LastFour), number => number.Groups["id"].Success ? number.Value : LastFour(number));

    public static IReadOnlyDictionary<string, string> WithoutAmounts(IReadOnlyDictionary<string, string> facts) =>
        facts.ToDictionary(fact => fact.Key, fact => Amounts.Contains(fact.Key) ? Hidden : fact.Value);

    private static string LastFour(Match match) => $"{Hidden}{string.Concat(match.Value.Where(char.IsAsciiLetterOrDigit).TakeLast(4))}";

    [GeneratedRegex(@"(?<id>\b[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\b)|(?<![0-9])[0-9](?:[ -]?[0-9]){11,18}(?![0-9])")]
    private static partial Regex LongNumber();
}

using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Notifications;

/// <summary>The words of every kind of notice in every language, read once from the assembly.</summary>
public sealed class NoticeTexts
{
    /// <summary>A fact of this name is an error's code and is told in words.</summary>
    private const string Reason = "reason";

    private readonly Dictionary<Language, Catalogue> byLanguage = Enum.GetValues<Language>().ToDictionary(language => language, Read);

    /// <exception cref="KeyNotFoundException">The text names a fact that the notice does not carry: a bug, found by a test over all kinds.</exception>
    public (string Title, string Text) Write(NoticeKind kind, Language language, IReadOnlyDictionary<string, string> facts)
    {
        var catalogue = byLanguage[language];
        var words = catalogue.Kinds[kind.ToString()];
        return (Fill(words.Title, facts, catalogue), Fill(words.Text, facts, catalogue));
    }

    /// <summary>How a type is called on the page of the settings (PROF-20).</summary>
    public string NameOf(NoticeType type, Language language) => byLanguage[language].Types[type.ToString()];

    /// <summary>The text of an e-mail whose document is too large to be attached.</summary>
    public string WriteLink(Language language, string text, Uri address, int days) => Fill(
        byLanguage[language].ByLink,
        new Dictionary<string, string>
        {
            ["text"] = text,
            ["address"] = address.AbsoluteUri,
            ["days"] = days.ToString(System.Globalization.CultureInfo.InvariantCulture),
        },
        byLanguage[language]);

    private static string Fill(string template, IReadOnlyDictionary<string, string> facts, Catalogue catalogue)
    {
        // One pass over the template, so that a fact's own braces (a contract may be named "{amount}") are never filled again.
        var text = new System.Text.StringBuilder(template.Length + 64);
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            if (open < 0)
            {
                return text.Append(template, at, template.Length - at).ToString();
            }

            var close = template.IndexOf('}', open);
            var name = template[(open + 1)..close];
            text.Append(template, at, open - at).Append(name == Reason ? catalogue.InWords(facts[name]) : facts[name]);
            at = close + 1;
        }

        return text.ToString();
    }

    private static Catalogue Read(Language language)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"Serverless.Banking.Notifications.Texts.{language.Code()}.json")!;
        var members = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stream)!;
        var reasons = members["reasons"].Deserialize<Dictionary<string, string>>()!;
        var types = members["types"].Deserialize<Dictionary<string, string>>()!;
        members.Remove("reasons");
        var byLink = members["byLink"].GetString()!;
        members.Remove("byLink");
        members.Remove("types");
        return new Catalogue(members.ToDictionary(m => m.Key, m => m.Value.Deserialize<TitleAndText>(JsonSerializerOptions.Web)!), reasons, types, byLink);
    }

    /// <param name="Reasons">By error code; under the empty code what is said of any other.</param>
    private sealed record Catalogue(Dictionary<string, TitleAndText> Kinds, Dictionary<string, string> Reasons, Dictionary<string, string> Types, string ByLink)
    {
        public string InWords(string code) => Reasons.TryGetValue(code, out var words) ? words : Reasons[""];
    }

    private sealed record TitleAndText(string Title, string Text);
}

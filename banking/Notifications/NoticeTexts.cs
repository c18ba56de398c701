using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Notifications;

/// <summary>The words of every kind of notice in every language, read once from the assembly.</summary>
public sealed class NoticeTexts
{
    private readonly Dictionary<Language, Dictionary<string, Words>> byLanguage =
        Enum.GetValues<Language>().ToDictionary(language => language, Read);

    /// <exception cref="KeyNotFoundException">The text names a fact that the notice does not carry: a bug, found by a test over all kinds.</exception>
    public (string Title, string Text) Write(NoticeKind kind, Language language, IReadOnlyDictionary<string, string> facts)
    {
        var words = byLanguage[language][kind.ToString()];
        return (Fill(words.Title, facts), Fill(words.Text, facts));
    }

    private static string Fill(string template, IReadOnlyDictionary<string, string> facts)
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
            text.Append(template, at, open - at).Append(facts[template[(open + 1)..close]]);
            at = close + 1;
        }

        return text.ToString();
    }

    private static Dictionary<string, Words> Read(Language language)
    {
        using var stream = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream($"Serverless.Banking.Notifications.Texts.{language.Code()}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Words>>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Words(string Title, string Text);
}

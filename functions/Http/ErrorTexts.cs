using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Banking;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Http;

/// <summary>What the bank says about an error, in words.</summary>
/// <param name="Title">A few words, the same every time the code comes up.</param>
/// <param name="Detail">A sentence; <c>{missing}</c> stands for the error's fact Missing.</param>
internal sealed record Message(string Title, string Detail);

/// <summary>
/// The texts under every error code, from the embedded files <c>Messages/&lt;language&gt;.json</c> of every capability's folder.
/// </summary>
internal static partial class ErrorTexts
{
    private static readonly Lazy<Dictionary<Language, Dictionary<string, Message>>> Texts = new(Load);

    public static Message? Find(Language language, string code) => Texts.Value[language].GetValueOrDefault(code);

    public static IReadOnlyCollection<string> Codes(Language language) => Texts.Value[language].Keys;

    /// <summary>The text with the error's facts in their places; a place without a fact stays as it is, and a test says so.</summary>
    public static string Fill(string text, Error error, Language language) => Placeholder.Replace(text, place =>
        Facts.PropertiesOf(error.GetType()).FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == place.Groups[1].Value) is { } fact
            ? Wording.Of(fact.GetValue(error), language)
            : place.Value);

    public static IEnumerable<string> PlaceholdersOf(string text) => Placeholder.Matches(text).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\{([a-zA-Z]+)\}")]
    private static partial Regex Placeholder { get; }

    private static Dictionary<Language, Dictionary<string, Message>> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var texts = Enum.GetValues<Language>().ToDictionary(l => l, _ => new Dictionary<string, Message>(StringComparer.Ordinal));
        foreach (var (language, known) in texts)
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.EndsWith($".Messages.{language.Code()}.json", StringComparison.Ordinal)))
            {
                using var stream = assembly.GetManifestResourceStream(resource)!;
                foreach (var (code, message) in JsonSerializer.Deserialize<Dictionary<string, Message>>(stream, JsonSerializerOptions.Web)!)
                {
                    if (!known.TryAdd(code, message))
                        throw new InvalidOperationException($"{resource}: there are two texts for {code}.");
                }
            }
        }

        return texts;
    }
}

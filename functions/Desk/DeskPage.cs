using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Desk;

/// <summary>The desk's files: modules and style of <c>Desk/Page</c>, and the words of every capability's <c>DeskWords</c>, as the build has embedded them.</summary>
public sealed class DeskPage
{
    private const string Place = ".Desk.Page.";

    private static readonly Assembly Here = typeof(DeskPage).Assembly;

    private readonly FrozenDictionary<string, (string Text, string ContentType)> files = Here.GetManifestResourceNames()
        .Where(name => name.Contains(Place, StringComparison.Ordinal))
        .ToFrozenDictionary(
            name => name[(name.IndexOf(Place, StringComparison.Ordinal) + Place.Length)..],
            name => (Read(name), name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8"), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, string> words = Enum.GetValues<Language>().ToFrozenDictionary(language => language.Code(), Join, StringComparer.Ordinal);

    public (string Text, string ContentType)? Find(string name) => files.TryGetValue(name, out var file) ? file : null;

    /// <returns>JSON: code to words; null for a language that the desk does not speak.</returns>
    public string? Words(string language) => words.GetValueOrDefault(language);

    /// <exception cref="InvalidOperationException">Two capabilities have different words for one code.</exception>
    private static string Join(Language language)
    {
        var joined = new JsonObject();
        foreach (var name in Here.GetManifestResourceNames().Where(name => name.EndsWith($".DeskWords.{language.Code()}.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (var (code, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(Read(name))!)
            {
                if (joined[code] is { } there && (string)there! != text)
                    throw new InvalidOperationException($"{name}: there are two words for {code}.");
                joined[code] = text;
            }
        }

        return joined.ToJsonString();
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

using System.Reflection;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Text;

/// <summary>Texts that are part of the program, such as terms.</summary>
internal static class TextResources
{
    /// <param name="name">Of the resource below the bank's namespace, without language and ending.</param>
    /// <returns>Paragraphs, each on one line.</returns>
    public static IReadOnlyList<string> Paragraphs(string name, Language language)
    {
        var resource = $"Serverless.Banking.{name}.{language.Code()}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource) ?? throw new InvalidOperationException($"{resource} is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n\n").Select(paragraph => paragraph.Replace('\n', ' ').Trim()).Where(paragraph => paragraph.Length > 0)];
    }
}

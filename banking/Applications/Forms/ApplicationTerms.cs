using System.Reflection;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Applications;

/// <summary>The terms that an application accepts (PROD-12, PROD-27). A version's words never change: a new wording is a new version.</summary>
public static class ApplicationTerms
{
    public const string Current = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(ApplicationProduct product, Language language) =>
        ReadText($"{Current}.{(product == ApplicationProduct.CreditCard ? "card" : "overdraft")}", language);

    internal static IReadOnlyList<string> ReadText(string text, Language language)
    {
        var name = $"Serverless.Banking.Applications.Terms.{text}.{language.Code()}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n\n").Select(paragraph => paragraph.Replace('\n', ' ').Trim()).Where(paragraph => paragraph.Length > 0)];
    }
}

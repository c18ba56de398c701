using Serverless.Banking.Customers;
using Serverless.Banking.Text;

namespace Serverless.Banking.Applications;

/// <summary>The terms that an application accepts (PROD-12, PROD-27). A version's words never change: a new wording is a new version.</summary>
public static class ApplicationTerms
{
    public const string Current = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(ApplicationProduct product, Language language) =>
        ReadText($"{Current}.{(product == ApplicationProduct.CreditCard ? "card" : "overdraft")}", language);

    internal static IReadOnlyList<string> ReadText(string text, Language language) => TextResources.Paragraphs($"Applications.Terms.{text}", language);
}

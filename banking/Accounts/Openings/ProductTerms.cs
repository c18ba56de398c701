using System.Reflection;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The terms that opening an account accepts (ACC-23). A version's words never change: a new wording is a new version.</summary>
public static class ProductTerms
{
    public const string Current = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(AccountType type, Language language)
    {
        var name = $"Serverless.Banking.Accounts.Terms.{Current}.{(type == AccountType.Savings ? "savings" : "current")}.{language.Code()}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n\n").Select(paragraph => paragraph.Replace('\n', ' ').Trim()).Where(paragraph => paragraph.Length > 0)];
    }
}

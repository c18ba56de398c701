using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Text;

namespace Serverless.Banking.Accounts;

/// <summary>The terms that opening an account accepts (ACC-23). A version's words never change: a new wording is a new version.</summary>
public static class ProductTerms
{
    public const string Current = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(AccountType type, Language language) =>
        TextResources.Paragraphs($"Accounts.Terms.{Current}.{(type == AccountType.Savings ? "savings" : "current")}", language);
}

using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Keys of the table <c>accounts</c>: which accounts a customer has, which is his main one, whose an IBAN is.</summary>
internal static class AccountKeys
{
    public const string Table = "accounts";
    public const string AccountPrefix = "account|";

    /// <summary>Points to the customer's main account; inserting it twice fails.</summary>
    public const string Main = "main";

    /// <summary>The one row of an IBAN's partition.</summary>
    public const string Owner = "account";

    public static string Customer(CustomerId customer) => $"customer|{customer.Value}";

    public static string Account(AccountId account) => $"{AccountPrefix}{account.Value:N}";

    public static string Iban(Iban iban) => $"iban|{iban.Electronic}";
}

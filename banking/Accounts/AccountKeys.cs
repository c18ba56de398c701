using System.Text;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Keys of the table <c>accounts</c>: which accounts a customer has, which is his main one, whose an IBAN is, what he ordered to be opened.</summary>
internal static class AccountKeys
{
    public const string Table = "accounts";
    public const string AccountPrefix = "account|";

    /// <summary>Column of an account's row: when its opening was accepted, in milliseconds; absent for those opened by staff.</summary>
    public const string BegunAt = "BegunAt";

    /// <summary>Points to the customer's main account; inserting it twice fails.</summary>
    public const string Main = "main";

    /// <summary>How many openings there were on which day; its ETag lets one opening of a customer be accepted at a time (ACC-21).</summary>
    public const string Openings = "openings";

    /// <summary>The one row of an IBAN's partition.</summary>
    public const string Owner = "account";

    public static string Customer(CustomerId customer) => $"customer|{customer.Value}";

    public static string Account(AccountId account) => $"{AccountPrefix}{account.Value:N}";

    public static string Iban(Iban iban) => $"iban|{iban.Electronic}";

    /// <summary>What became of an order to open this account.</summary>
    public static string Opening(AccountId account) => $"opening|{account.Value:N}";

    /// <summary>Leads from an idempotency key to its opening; keys have characters that row keys may not have.</summary>
    public static string OpeningKey(IdempotencyKey key) => $"opening-key|{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(key.Value))}";
}

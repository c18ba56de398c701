using Serverless.Banking.Ledger;

namespace Serverless.Banking.Network;

/// <summary>One partition per customer: contacts, what their keys created, and whom the customer has blocked.</summary>
internal static class NetworkKeys
{
    public const string Table = "Network";

    /// <summary>Rows of blocks and contacts lie side by side, so that one query reads a network.</summary>
    public const string First = "block|";
    public const string After = "contact}";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Contact(ContactId id) => $"contact|{id.Value:N}";

    /// <summary>There while the number is blocked, with or without a contact of that number (REQ-17).</summary>
    public static string Block(ContactId number) => $"block|{number.Value:N}";

    /// <summary>There while the customer who had a blocked number is blocked: a new number does not evade the block.</summary>
    public static string BlockedCustomer(CustomerId customer) => $"block|customer|{customer.Value}";

    public static string Key(CustomerId customer, IdempotencyKey key) => $"key|{StableGuid.Of("contact_key", customer.Value, key.Value):N}";
}

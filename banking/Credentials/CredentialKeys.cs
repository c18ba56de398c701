namespace Serverless.Banking.Credentials;

/// <summary>
/// Table Credentials: one partition per customer, or per identifier that is nobody's, so that a password, a code and their counters change together.
/// </summary>
internal static class CredentialKeys
{
    public const string Table = "Credentials";

    /// <summary>There once the customer is registered: passwords, rights.</summary>
    public const string User = "user";

    /// <summary>The counters of wrong tries; also of those who are not registered.</summary>
    public const string Lockout = "lockout";

    /// <summary>The last unique code.</summary>
    public const string UniqueCode = "unique-code";

    /// <summary>That the contract for banking services is signed.</summary>
    public const string Contract = "contract";

    public static string Partition(CustomerId customer) => customer.Value;

    /// <summary>Hashed with the bank's key: nobody reads from the table what was typed.</summary>
    public static string Unknown(string keyedHash) => $"{UnknownPrefix}{keyedHash}";

    public const string UnknownPrefix = "unknown|";

    /// <summary>That a unique code was issued for this order of an officer.</summary>
    public static string Issued(string order) => $"issued|{order}";
}

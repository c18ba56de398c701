using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>One partition per customer: an authorisation, its key and the row that makes it the only active one are written together.</summary>
internal static class AuthorisationKeys
{
    public const string Table = "BillAuthorisations";
    public const string First = "authorisation|";
    public const string After = "authorisation}";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Authorisation(AuthorisationId id) => $"authorisation|{id.Value:N}";

    /// <summary>There while an authorisation for the client account is active; inserting it twice fails, which is the point.</summary>
    public static string Active(ClientAccount account) => $"active|{account.Company.Value}|{account.ClientCode}";

    public static string Key(CustomerId customer, IdempotencyKey key) =>
        $"key|{StableGuid.Of("bill_authorisation_key", customer.Value, key.Value):N}";
}

/// <summary>
/// Table BillCollections: one row per coming look at an authorisation, sharded, sorted by the moment it is due. Answers "what is due by now?"
/// in proportion to what is due. A row is only a pointer: the authorisation says whether it still holds.
/// </summary>
internal static class CollectionKeys
{
    public const string Table = "BillCollections";
    public const int Shards = 8;

    public static IEnumerable<string> Partitions => Enumerable.Range(0, Shards).Select(Name);

    public static string Partition(AuthorisationId id) => Name(id.Value.ToByteArray()[0] % Shards);

    public static string Row(Instant at, AuthorisationId id) => $"{at.ToUnixTimeSeconds():D11}|{id.Value:N}";

    /// <summary>Rows due at or before the moment are below.</summary>
    public static string After(Instant moment) => $"{moment.ToUnixTimeSeconds() + 1:D11}|";

    private static string Name(int shard) => $"due|{shard:D2}";
}

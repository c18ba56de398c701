using System.Globalization;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.MoneyRequests;

/// <summary>
/// One partition per customer. A request lives in its requester's, once; the payer's has only pointers to it, which are written after it and
/// prove nothing by themselves.
/// </summary>
internal static class MoneyRequestKeys
{
    public const string Table = "MoneyRequests";

    public const string FirstListed = "list|";
    public const string AfterListed = "list}";

    /// <summary>Guards how many requests a customer sends: every sending replaces it.</summary>
    public const string Limits = "limits";

    public static string Partition(CustomerId customer) => customer.Value;

    /// <summary>The request itself, in the requester's partition; guarded by its ETag.</summary>
    public static string Request(MoneyRequestId id) => $"request|{id.Value:N}";

    /// <summary>In the payer's partition: whose request it is. There once it was delivered.</summary>
    public static string Received(MoneyRequestId id) => $"received|{id.Value:N}";

    /// <summary>In both partitions: the customer's list, sent and received, newest first.</summary>
    public static string Listed(Instant createdAt, MoneyRequestId id) =>
        string.Create(CultureInfo.InvariantCulture, $"list|{long.MaxValue - createdAt.ToUnixTimeTicks():D19}|{id.Value:N}");

    /// <summary>In the requester's partition while the request is open: how many are open to one payer.</summary>
    public static string OpenTo(CustomerId payer, MoneyRequestId id) => $"{OpenTo(payer)}{id.Value:N}";

    public static string OpenTo(CustomerId payer) => $"open-to|{payer.Value}|";

    /// <summary>In the payer's partition, from delivery until somebody sees that the request has ended: what the payer's icon counts.</summary>
    public static string OpenReceived(MoneyRequestId id) => $"{FirstOpenReceived}{id.Value:N}";

    public const string FirstOpenReceived = "open-received|";
    public const string AfterOpenReceived = "open-received}";

    public static string Key(CustomerId customer, IdempotencyKey key) => $"key|{OrderOf(customer, key):N}";

    /// <summary>The name of an order in ids and payments.</summary>
    public static Guid OrderOf(CustomerId customer, IdempotencyKey key) => StableGuid.Of("money_request_key", customer.Value, key.Value);

    public static string Split(SplitId id) => $"split|{id.Value:N}";

    /// <summary>There once the transaction was split among these participants; inserting it twice fails, which is the point.</summary>
    public static string SplitOf(AccountId account, TransactionId transaction, IEnumerable<CustomerId> participants) =>
        $"{SplitsOf(account)}{transaction.Value:N}|{StableGuid.Of([.. participants.Select(it => it.Value).Order(StringComparer.Ordinal)]):N}";

    public static string SplitsOf(AccountId account) => $"split-of|{account.Value:N}|";
}

/// <summary>
/// Table MoneyRequestsDue: one row per coming step of a request, sharded, sorted by the moment it is due. A row is only a pointer: the request
/// says whether it still holds.
/// </summary>
internal static class DueRequestKeys
{
    public const string Table = "MoneyRequestsDue";
    public const int Shards = 8;

    public static IEnumerable<string> Partitions => Enumerable.Range(0, Shards).Select(Name);

    public static string Partition(MoneyRequestId id) => Name(id.Value.ToByteArray()[0] % Shards);

    public static string Row(Instant at, MoneyRequestId id) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds():D11}|{id.Value:N}");

    /// <summary>Rows due at or before the moment are below.</summary>
    public static string After(Instant moment) => string.Create(CultureInfo.InvariantCulture, $"{moment.ToUnixTimeSeconds() + 1:D11}|");

    private static string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"due|{shard:D2}");
}

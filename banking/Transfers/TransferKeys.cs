using NodaTime;

namespace Serverless.Banking.Transfers;

/// <summary>
/// Table Transfers: one partition per customer, so that taking an order (the transfer, its idempotency key, what it uses of the limits) is one
/// storage transaction.
/// </summary>
internal static class TransferKeys
{
    public const string Table = "Transfers";

    /// <summary>What the customer has used of his limits, and his own limits.</summary>
    public const string Limits = "limits";

    public const string FirstListed = "list|";

    public const string AfterListed = "list}";

    public const string FirstReceived = "received|";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Transfer(TransferId id) => $"transfer|{id.Value:N}";

    /// <summary>Its copy in the customer's list, newest first.</summary>
    public static string Listed(Instant orderedAt, TransferId id) => $"list|{long.MaxValue - orderedAt.ToUnixTimeTicks():D19}|{id.Value:N}";

    /// <summary>Between what is listed at a moment and what is listed before it.</summary>
    public static string ListedBefore(Instant moment) => $"list|{long.MaxValue - moment.ToUnixTimeTicks():D19}|~";

    /// <summary>The idempotency key of an order. Hashed: a key may have characters that a row key may not.</summary>
    public static string Key(IdempotencyKey key) => $"key|{Ledger.TransactionId.Derive("key", key.Value)}";

    /// <summary>In the payee's partition: whose transfer it is.</summary>
    public static string Received(TransferId id) => $"received|{id.Value:N}";
}

/// <summary>
/// Table TransfersOpen: one row per transfer that stands although its journal was refused, written before the ledger forgets the journal and removed
/// when the transfer has ended: what the sweeper works through.
/// </summary>
internal static class OpenTransferKeys
{
    public const string Table = "TransfersOpen";

    /// <summary>Sixteen shards, so that transfers at the same time do not meet in one.</summary>
    public static string Partition(TransferId id) => id.Value.ToString("N")[^1..];

    public static string Row(Instant orderedAt, TransferId id) => $"{Moment(orderedAt)}|{id.Value:N}";

    /// <summary>And <c>customer|&lt;number&gt;|&lt;from&gt;</c>: the customer may have ordered in that quarter of an hour (<see cref="OrderPeriods"/>).</summary>
    public const string FirstPeriod = "customer|";

    public const string AfterPeriods = "customer}";

    public static string PeriodPartition(CustomerId customer) => customer.Value[^1..];

    public static string Period(CustomerId customer, Instant from) => $"{FirstPeriod}{customer.Value}|{Moment(from)}";

    public static string Moment(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>One partition per customer: standing transfers and what their idempotency keys created.</summary>
internal static class PeriodicKeys
{
    public const string Table = "PeriodicTransfers";
    public const string First = "periodic|";
    public const string After = "periodic}";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Periodic(PeriodicTransferId id) => $"periodic|{id.Value:N}";

    public static string Key(CustomerId customer, IdempotencyKey key) => $"key|{StableGuid.Of("periodic_transfer_key", customer.Value, key.Value):N}";
}

/// <summary>
/// Table PeriodicTransfersDue: one row per coming execution, sharded, sorted by the moment it is due. A row is only a pointer: the standing
/// transfer says whether it still holds.
/// </summary>
internal static class DuePeriodicKeys
{
    public const string Table = "PeriodicTransfersDue";
    public const int Shards = 8;

    public static IEnumerable<string> Partitions => Enumerable.Range(0, Shards).Select(Name);

    public static string Partition(PeriodicTransferId id) => Name(id.Value.ToByteArray()[0] % Shards);

    public static string Row(Instant at, PeriodicTransferId id) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds():D11}|{id.Value:N}");

    /// <summary>Rows due at or before the moment are below.</summary>
    public static string After(Instant moment) => string.Create(CultureInfo.InvariantCulture, $"{moment.ToUnixTimeSeconds() + 1:D11}|");

    private static string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"due|{shard:D2}");
}

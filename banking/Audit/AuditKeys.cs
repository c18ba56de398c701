using System.Globalization;
using NodaTime;

namespace Serverless.Banking.Audit;

/// <summary>
/// Keys of the table <c>audit</c>: a partition per shard and day, newest day first, in it the chain's head, a row per id, and the records newest first. So
/// one range a shard reads the trail backwards.
/// </summary>
internal static class AuditKeys
{
    public const string Table = "audit";
    public const string Head = "head";
    public const string IdPrefix = "id|";
    public const string RecordPrefix = "record|";

    /// <summary>Chains of one day, so that writers seldom meet.</summary>
    public const int Shards = 4;

    private const int LastDay = 99_999_999;

    public static int Shard(Guid id) => id.ToByteArray(bigEndian: true)[15] % Shards;

    public static string Partition(int shard, LocalDate day) => $"{ShardName(shard)}|{Day(day)}";

    public static string Partition(int shard, string day) => $"{ShardName(shard)}|{day}";

    /// <summary>Later days sort first.</summary>
    public static string Day(LocalDate day) =>
        (LastDay - (day.Year * 10_000) - (day.Month * 100) - day.Day).ToString("D8", CultureInfo.InvariantCulture);

    public static string Id(Guid id) => $"{IdPrefix}{id:N}";

    /// <summary>Later records sort first.</summary>
    public static string Record(long ticks) => $"{RecordPrefix}{(long.MaxValue - ticks).ToString("D19", CultureInfo.InvariantCulture)}";

    private static string ShardName(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);
}

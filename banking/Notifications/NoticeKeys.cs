using NodaTime;

namespace Serverless.Banking.Notifications;

/// <summary>
/// Table Notices: a notice and the row that says it is due live in one partition, so both are written, and closed, together.
/// Partitions are shards by id; the due rows of a shard sort by time and answer "what is undelivered since before T?".
/// </summary>
internal static class NoticeKeys
{
    public const string Table = "Notices";
    public const int Shards = 8;

    public static IEnumerable<string> Partitions => Enumerable.Range(0, Shards).Select(Name);

    public static string Partition(NoticeId id) => Name(Convert.ToInt32(id.Value[..2], 16) % Shards);

    public static string Notice(NoticeId id) => $"notice|{id.Value}";

    public static string Due(Instant since, NoticeId id) => $"due|{since.ToUnixTimeMilliseconds():D14}|{id.Value}";

    public static string DueBefore(Instant moment) => $"due|{moment.ToUnixTimeMilliseconds():D14}|";

    /// <summary>What is over, by time: the retention asks "what was closed before T?".</summary>
    public const string ClosedPrefix = "closed|";

    /// <summary>What could not be delivered, by time: staff ask for it, and the retention.</summary>
    public const string FailedPrefix = "failed|";

    public static string Closed(string prefix, Instant at, NoticeId id) => $"{prefix}{at.ToUnixTimeMilliseconds():D14}|{id.Value}";

    public static string ClosedBefore(string prefix, Instant moment) => $"{prefix}{moment.ToUnixTimeMilliseconds():D14}|";

    public static NoticeId IdOf(string rowKey) => NoticeId.Parse(rowKey[(rowKey.LastIndexOf('|') + 1)..]);

    private static string Name(int shard) => $"shard|{shard:D2}";
}

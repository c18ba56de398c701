using System.Globalization;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Keys of the table <c>suspense</c>: one partition, since what waits for a person is little; the items, and an index of the open ones, newest first.</summary>
internal static class SuspenseKeys
{
    public const string Table = "suspense";
    public const string Partition = "suspense";
    public const string ItemPrefix = "item|";
    public const string OpenPrefix = "open|";

    public static string Item(Guid id) => $"{ItemPrefix}{id:N}";

    public static string Open(Instant since, Guid id) =>
        $"{OpenPrefix}{(long.MaxValue - since.ToUnixTimeTicks()).ToString("D19", CultureInfo.InvariantCulture)}|{id:N}";
}

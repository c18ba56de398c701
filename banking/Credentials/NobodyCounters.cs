using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>A table in which wrong tries at what is nobody's are counted, a partition per keyed hash.</summary>
/// <param name="Prefix">Of the partitions, with its bar; rows have the time of the last try in column <see cref="NobodyCounters.TriedAt"/>.</param>
internal sealed record CountsNobodies(string Table, string Prefix);

/// <summary>Erases what was counted about identifiers and names that are nobody's.</summary>
/// <remarks>
/// A year after the last try, because a customer's own counters stay: whoever could see them begin anew sooner would see whose they are not. The range has such counters only,
/// and their filter is the storage's; a row per day that points at them would cost a nobody's first try one storage call more than a customer's.
/// </remarks>
internal sealed class NobodyCounters(BankTables tables, IEnumerable<CountsNobodies> places)
{
    /// <summary>Unix time in ticks.</summary>
    public const string TriedAt = "TriedAt";

    public static readonly Duration Kept = Duration.FromDays(366);

    /// <summary>Safe to run twice at once, late, and to be killed.</summary>
    /// <returns>How many rows were erased.</returns>
    public async Task<int> EraseAsync(Instant now, CancellationToken cancellation)
    {
        var (erased, before) = (0, (now - Kept).ToUnixTimeTicks());
        foreach (var (name, prefix) in places)
        {
            var (table, end) = (tables.Open(name), $"{prefix[..^1]}}}");
            var filter = TableClient.CreateQueryFilter($"PartitionKey ge {prefix} and PartitionKey lt {end} and TriedAt lt {before}");
            // One that was tried again in this moment stays.
            await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
                erased += await table.TryDeleteAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation) ? 1 : 0;
        }

        return erased;
    }
}

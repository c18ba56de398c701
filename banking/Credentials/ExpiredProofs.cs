using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>A row that is good for nothing after the time in its column <see cref="ExpiredProofs.ExpiresAt"/>.</summary>
internal sealed record ExpiringRow(string Table, string Partition, string Row)
{
    public static ExpiringRow? Find(string key) => key.Split('|') is [var table, var partition, var row] ? new ExpiringRow(table, partition, row) : null;

    public override string ToString() => $"{Table}|{Partition}|{Row}";
}

/// <summary>
/// Table ExpiredProofs: what the timer has to look at, a partition per day (UTC), a row per login, code, registration and recovery. A row is written before what it points at and may
/// lead nowhere; it costs a look then.
/// </summary>
internal sealed class ExpiredProofs(BankTables tables)
{
    public const string Name = "ExpiredProofs";

    /// <summary>Unix time in ticks.</summary>
    public const string ExpiresAt = "ExpiresAt";

    /// <summary>Kept this long after they expired, so that a late call is told that it is late, and what five wrong codes have cancelled stays so.</summary>
    public static readonly Duration Kept = Duration.FromDays(1);

    private TableClient Table => tables.Open(Name);

    public Task PlanAsync(ExpiringRow row, Instant expiresAt, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(DayOf(expiresAt + Kept), row.ToString()), TableUpdateMode.Replace, cancellation);

    /// <summary>Of the days before today, those that were missed among them.</summary>
    public async IAsyncEnumerable<(string Day, ExpiringRow Row)> DueAsync(Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {"2000"} and PartitionKey lt {DayOf(now)}");
        await foreach (var planned in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (ExpiringRow.Find(planned.RowKey) is { } row)
                yield return (planned.PartitionKey, row);
        }
    }

    /// <summary>What the row says of itself: a code that was sent again lives longer than was planned.</summary>
    public async Task<(Instant ExpiresAt, ETag ETag)?> ReadAsync(ExpiringRow row, CancellationToken cancellation)
    {
        var found = await tables.Open(row.Table).GetEntityIfExistsAsync<TableEntity>(row.Partition, row.Row, [ExpiresAt], cancellation);
        return found.HasValue ? (Instant.FromUnixTimeTicks(found.Value!.GetInt64(ExpiresAt)!.Value), found.Value.ETag) : null;
    }

    public Task EraseAsync(ExpiringRow row, ETag etag, CancellationToken cancellation) => DeleteAsync(tables.Open(row.Table), row.Partition, row.Row, etag, cancellation);

    public Task DoneAsync(string day, ExpiringRow row, CancellationToken cancellation) => DeleteAsync(Table, day, row.ToString(), ETag.All, cancellation);

    private static async Task DeleteAsync(TableClient table, string partition, string row, ETag etag, CancellationToken cancellation)
    {
        try
        {
            await table.DeleteEntityAsync(partition, row, etag, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
        }
    }

    private static string DayOf(Instant moment) => moment.InUtc().Date.ToString("uuuuMMdd", System.Globalization.CultureInfo.InvariantCulture);
}

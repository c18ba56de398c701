using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Partners;

/// <summary>The webhooks that were handled, so that a message sent again is answered and not handled again.</summary>
/// <remarks>
/// A message is kept after it was handled: killed in between, it is handled again when the partner repeats it, and every handler is safe to
/// run twice. Partition = partner; partitions <c>day|…</c> say what to erase, and are written first.
/// </remarks>
public sealed class WebhookDeliveries(BankTables tables, TimeProvider time)
{
    internal const string Table = "WebhookDeliveries";

    private readonly TableClient table = tables.Open(Table);

    public async Task<bool> WasHandledAsync(string partner, string id, CancellationToken cancellation) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(partner, Key(partner, id), cancellationToken: cancellation)).HasValue;

    public async Task KeepAsync(string partner, string id, CancellationToken cancellation)
    {
        var day = Day(Instant.FromDateTimeOffset(time.GetUtcNow()));
        await table.UpsertEntityAsync(new TableEntity(day, $"{partner}|{Key(partner, id)}"), TableUpdateMode.Replace, cancellation);

        // False: the same message twice at the same moment.
        await table.TryAddAsync(new TableEntity(partner, Key(partner, id)), cancellation);
    }

    /// <summary>Forgets what was handled on the days before a moment's.</summary>
    /// <returns>How many messages.</returns>
    internal async Task<int> EraseAsync(Instant before, CancellationToken cancellation)
    {
        var erased = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {"day|"} and PartitionKey lt {Day(before)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (row.RowKey.Split('|') is [var partner, var key])
                await table.TryDeleteAsync(partner, key, ETag.All, cancellation);
            await table.TryDeleteAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            erased++;
        }

        return erased;
    }

    /// <summary>Hashed: an id is the partner's, and may hold characters that a row key may not.</summary>
    internal static string Key(string partner, string id) => Ledger.StableGuid.Of("webhook", partner, id).ToString("N");

    private static string Day(Instant at) => $"day|{at.InUtc().Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
}

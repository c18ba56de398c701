using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Audit;

/// <param name="From">Business date (Europe/Tirane), inclusive.</param>
/// <param name="To">Inclusive.</param>
/// <param name="Actor">A staff id or a customer number.</param>
/// <param name="Resource">All of it: <c>account/&lt;id&gt;</c>.</param>
public sealed record AuditFilter(LocalDate From, LocalDate To, string? Actor = null, string? Action = null, string? Resource = null);

/// <summary>The audit trail, newest first.</summary>
public sealed class ListAudit(BankTables tables)
{
    /// <returns>Cost: one query a shard, each in pages of the limit.</returns>
    public async Task<Page<AuditRecord>> RunAsync(AuditFilter filter, PageRequest page, CancellationToken cancellation)
    {
        var shards = new List<IAsyncEnumerator<TableEntity>>();
        try
        {
            for (var shard = 0; shard < AuditKeys.Shards; shard++)
            {
                var rows = tables.Open(AuditKeys.Table)
                    .QueryAsync<TableEntity>(Query(shard, filter, page.After), maxPerPage: page.Limit + 1, cancellationToken: cancellation)
                    .GetAsyncEnumerator(cancellation);
                if (await rows.MoveNextAsync())
                {
                    shards.Add(rows);
                }
                else
                {
                    await rows.DisposeAsync();
                }
            }

            var items = new List<AuditRecord>();
            string? last = null;
            while (shards.Count > 0 && items.Count < page.Limit)
            {
                var next = shards.MinBy(rows => Position(rows.Current), StringComparer.Ordinal)!;
                last = Position(next.Current);
                items.Add(AuditRow.ToRecord(next.Current));
                if (!await next.MoveNextAsync())
                {
                    shards.Remove(next);
                    await next.DisposeAsync();
                }
            }

            return new Page<AuditRecord>(items, shards.Count > 0 ? last : null);
        }
        finally
        {
            foreach (var rows in shards)
            {
                await rows.DisposeAsync();
            }
        }
    }

    /// <summary>Day, then row: the same order in every shard.</summary>
    private static string Position(TableEntity row) => $"{row.PartitionKey.Split('|')[1]}/{row.RowKey}/{row.PartitionKey[..2]}";

    private static string Query(int shard, AuditFilter filter, string? after)
    {
        var (first, last) = (AuditKeys.Partition(shard, filter.To), AuditKeys.Partition(shard, filter.From));
        var range = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");
        if (after?.Split('/') is [var day, var row, var of])
        {
            // What sorts behind the last one shown: of its moment, only the shards after its own.
            var here = AuditKeys.Partition(shard, day);
            range = string.CompareOrdinal(here[..2], of) > 0
                ? TableClient.CreateQueryFilter($"((PartitionKey eq {here} and RowKey ge {row}) or (PartitionKey gt {here} and PartitionKey le {last}))")
                : TableClient.CreateQueryFilter($"((PartitionKey eq {here} and RowKey gt {row}) or (PartitionKey gt {here} and PartitionKey le {last}))");
        }

        var prefix = AuditKeys.RecordPrefix;
        range += " and " + TableClient.CreateQueryFilter($"RowKey ge {prefix}");
        range += filter.Actor is { } actor ? " and " + TableClient.CreateQueryFilter($"Actor eq {actor}") : "";
        range += filter.Action is { } action ? " and " + TableClient.CreateQueryFilter($"Action eq {action}") : "";
        range += filter.Resource is { } resource ? " and " + TableClient.CreateQueryFilter($"Resource eq {resource}") : "";
        return range;
    }
}

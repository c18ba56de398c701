using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>What waits in suspense, newest first; resolved items are not listed any more.</summary>
public sealed class ListSuspense(BankTables tables)
{
    /// <returns>One storage call, and one for each item.</returns>
    public async Task<Page<SuspenseItem>> RunAsync(PageRequest page, CancellationToken cancellation)
    {
        var (from, to) = (page.After ?? SuspenseKeys.OpenPrefix, SuspenseKeys.OpenPrefix + "~");
        var rows = new List<string>();
        await foreach (var row in tables.Open(SuspenseKeys.Table).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {SuspenseKeys.Partition} and RowKey gt {from} and RowKey lt {to}"),
            maxPerPage: page.Limit + 1, select: ["RowKey"], cancellationToken: cancellation))
        {
            rows.Add(row.RowKey);
            if (rows.Count > page.Limit)
            {
                break;
            }
        }

        var items = await Task.WhenAll(rows.Take(page.Limit).Select(row => FindAsync(Guid.ParseExact(row.Split('|')[2], "N"), cancellation)));
        return new Page<SuspenseItem>([.. items.OfType<SuspenseItem>()], rows.Count > page.Limit ? rows[page.Limit - 1] : null);
    }

    /// <returns>Null when there never was such an item.</returns>
    public async Task<SuspenseItem?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var row = await tables.Open(SuspenseKeys.Table).GetEntityIfExistsAsync<TableEntity>(SuspenseKeys.Partition, SuspenseKeys.Item(id), null, cancellation);
        return row.HasValue ? SuspenseItem.From(row.Value!) : null;
    }
}

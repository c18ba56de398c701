using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <param name="Since">When it was ordered.</param>
internal sealed record OpenTransfer(string Partition, string Row, CustomerId Customer, TransferId Id, Instant Since);

/// <summary>The index of transfers that stand without their journal: finding them costs in proportion to them, never to what is stored.</summary>
internal sealed class OpenTransfers(BankTables tables)
{
    private TableClient Table => tables.Open(OpenTransferKeys.Table);

    /// <summary>A row that is there already is fine: a repeat of the same order at the same moment wrote it.</summary>
    public async Task<OpenTransfer> AddAsync(Transfer transfer)
    {
        var open = Of(transfer);
        await Table.TryAddAsync(
            new TableEntity(open.Partition, open.Row) { ["Customer"] = transfer.Customer.Value }, CancellationToken.None);

        return open;
    }

    /// <summary>A row that is gone already is fine.</summary>
    public Task RemoveAsync(OpenTransfer open) =>
        Table.TryDeleteAsync(open.Partition, open.Row, ETag.All, CancellationToken.None);

    /// <summary>Oldest first within a shard.</summary>
    public async IAsyncEnumerable<OpenTransfer> ListAsync(Instant olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // Whatever is in this table is open, so one query over all shards costs in proportion to that.
        var filter = TableClient.CreateQueryFilter($"RowKey lt {OpenTransferKeys.Moment(olderThan)}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return new OpenTransfer(
                row.PartitionKey, row.RowKey, CustomerId.Of(row.GetString("Customer")!), new TransferId(Guid.ParseExact(parts[1], "N")),
                Instant.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)));
        }
    }

    public static OpenTransfer Of(Transfer transfer) => new(
        OpenTransferKeys.Partition(transfer.Id), OpenTransferKeys.Row(transfer.OrderedAt, transfer.Id), transfer.Customer, transfer.Id, transfer.OrderedAt);
}

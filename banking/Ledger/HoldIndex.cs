using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Which holds run out when: written before a hold is placed, removed when it has run out, so that finding them costs in proportion to what is due.</summary>
/// <remarks>Table <c>holds</c>: partition by shard, rows by expiry. A row whose hold was captured or released meanwhile does no harm.</remarks>
internal sealed class HoldIndex(BankTables tables)
{
    public const string TableName = "holds";

    private TableClient Table => tables.Open(TableName);

    public Task AddAsync(Hold hold, CancellationToken cancellation)
    {
        var row = new TableEntity($"due|{Shard(hold.Id)}", $"{Moment(hold.ExpiresAt)}|{hold.Id}")
        {
            ["Account"] = LedgerKeys.Partition(hold.Account),
            ["Currency"] = hold.Amount.Currency.Code,
        };
        return Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    public async IAsyncEnumerable<DueHold> ListAsync(Instant dueBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var shard = 0; shard < LedgerKeys.Shards; shard++)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {$"due|{LedgerKeys.ShardName(shard)}"} and RowKey lt {Moment(dueBefore)}");
            await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            {
                yield return new DueHold(
                    row.PartitionKey, row.RowKey, new HoldId(Guid.ParseExact(row.RowKey.Split('|')[1], "N")),
                    new AccountId(Guid.ParseExact(row.RequiredText("Account"), "N")), Currency.Of(row.RequiredText("Currency")));
            }
        }
    }

    public Task RemoveAsync(DueHold due, CancellationToken cancellation) =>
        Table.DeleteEntityAsync(due.Partition, due.Row, ETag.All, cancellation);

    private static string Shard(HoldId hold) => LedgerKeys.Shard(new TransactionId(hold.Value));

    private static string Moment(Instant instant) => instant.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);
}

internal sealed record DueHold(string Partition, string Row, HoldId Hold, AccountId Account, Currency Currency);

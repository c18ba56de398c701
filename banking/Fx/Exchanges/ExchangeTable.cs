using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

/// <summary>Table fxexchanges, partition = customer: <c>exchange|id</c> what was confirmed, and <c>key|…</c> under which key, both or neither.</summary>
internal sealed class ExchangeTable(BankTables tables)
{
    public const string Name = "fxexchanges";

    private TableClient Table => tables.Open(Name);

    public async Task<Exchange?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, Row(id), cancellationToken: cancellation);
        return row.HasValue ? From(customer, row.Value!) : null;
    }

    /// <returns>What the key was used for; null when it was not.</returns>
    public async Task<Exchange?> FindKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, KeyRow(key.Value), cancellationToken: cancellation);
        return row.HasValue ? await FindAsync(customer, Guid.ParseExact(row.Value!.GetString("Exchange")!, "N"), cancellation) : null;
    }

    /// <returns>Nothing also when the same order was there before. Or <see cref="IdempotencyKeyReused"/>, <see cref="ExchangeAlreadyConfirmed"/>.</returns>
    public async Task<Result<Nothing>> AddAsync(Exchange exchange, CancellationToken cancellation)
    {
        var row = new TableEntity(exchange.Customer.Value, Row(exchange.Id))
        {
            ["Terms"] = StoredJson.Write(exchange.Terms),
            ["ConfirmedAt"] = exchange.ConfirmedAt.ToUnixTimeMilliseconds(),
            ["ExpiresAt"] = exchange.ExpiresAt.ToUnixTimeMilliseconds(),
            ["Key"] = exchange.Key,
            ["RequestHash"] = exchange.RequestHash,
        };
        var isAdded = await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, row),
                new(TableTransactionActionType.Add, new TableEntity(row.PartitionKey, KeyRow(exchange.Key)) { ["Exchange"] = exchange.Id.ToString("N") }),
            ],
            cancellation);
        if (isAdded)
            return default(Nothing);
        if (await FindKeyAsync(exchange.Customer, IdempotencyKey.Of(exchange.Key), cancellation) is { } known)
            return known.RequestHash == exchange.RequestHash && known.Id == exchange.Id ? default(Nothing) : new IdempotencyKeyReused();
        return new ExchangeAlreadyConfirmed(exchange.Id);
    }

    private static Exchange From(CustomerId customer, TableEntity row) => new(
        Guid.ParseExact(row.RowKey["exchange|".Length..], "N"), customer, StoredJson.Read<ExchangeTerms>(row.GetString("Terms")!),
        Instant.FromUnixTimeMilliseconds(row.GetInt64("ConfirmedAt")!.Value), Instant.FromUnixTimeMilliseconds(row.GetInt64("ExpiresAt")!.Value))
    {
        Key = row.GetString("Key")!,
        RequestHash = row.GetString("RequestHash")!,
    };

    private static string Row(Guid id) => $"exchange|{id:N}";

    /// <summary>A key may have characters that a row's key may not.</summary>
    private static string KeyRow(string key) => $"key|{RowSeal.Hex(key)}";
}

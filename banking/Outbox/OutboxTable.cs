using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Outbox;

/// <summary>Table OutboxPointers: where outbox rows may be. A pointer is written before its row and goes after it, so no row is without one.</summary>
internal sealed class OutboxTable(BankTables tables, TimeProvider time)
{
    public const string Name = "OutboxPointers";
    private const string Open = "open";

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private TableClient Pointers => tables.Open(Name);

    public Task PointAsync(OutboxRow row, CancellationToken cancellation) => Pointers.UpsertEntityAsync(
        new TableEntity(Open, row.Id.ToString("N")) { ["Table"] = row.Table, ["Partition"] = row.Partition, ["Since"] = time.GetUtcNow() }, TableUpdateMode.Replace, cancellation);

    /// <summary>Costs in proportion to what is under way or was left.</summary>
    public async IAsyncEnumerable<OutboxPointer> PointersAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Pointers.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Open}"), cancellationToken: cancellation))
        {
            yield return new OutboxPointer(
                Guid.ParseExact(row.RowKey, "N"), row.GetString("Table")!, row.GetString("Partition")!, Instant.FromDateTimeOffset(row.GetDateTimeOffset("Since")!.Value));
        }
    }

    public async Task<OutboxRow?> FindAsync(string table, string partition, Guid id, CancellationToken cancellation)
    {
        var found = await tables.Open(table).GetEntityIfExistsAsync<TableEntity>(partition, OutboxRow.KeyOf(id), null, cancellation);
        return found.HasValue ? OutboxRow.From(table, id, found.Value!) : null;
    }

    /// <summary>The row first, or a kill between the two would leave one that nobody finds.</summary>
    public async Task EndAsync(OutboxRow row)
    {
        await DeleteAsync(tables.Open(row.Table), row.Partition, row.RowKey);
        await ForgetAsync(row.Id);
    }

    public Task ForgetAsync(Guid pointer) => DeleteAsync(Pointers, Open, pointer.ToString("N"));

    private static Task DeleteAsync(TableClient table, string partition, string row) =>
        table.TryDeleteAsync(partition, row, ETag.All, CancellationToken.None);
}

internal sealed record OutboxPointer(Guid Id, string Table, string Partition, Instant Since);

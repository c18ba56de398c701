using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

internal sealed record StoredPeriodic(PeriodicTransfer It, ETag ETag);

internal sealed record PeriodicPointer(string Partition, string Row, CustomerId Customer, PeriodicTransferId Transfer);

internal sealed record StoredPeriodicPointer(PeriodicPointer It, DateTimeOffset? WrittenAt, ETag ETag);

/// <summary>The standing transfers in storage, and the index of when each is executed next.</summary>
internal sealed class PeriodicTable(BankTables tables, TimeProvider time)
{
    private const string Json = "Json";

    private readonly TableClient table = tables.Open(PeriodicKeys.Table);
    private readonly TableClient due = tables.Open(DuePeriodicKeys.Table);

    public async Task<StoredPeriodic?> FindAsync(CustomerId customer, PeriodicTransferId id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PeriodicKeys.Partition(customer), PeriodicKeys.Periodic(id), cancellationToken: cancellation);
        return row.HasValue ? new StoredPeriodic(StoredJson.Read<PeriodicTransfer>(row.Value!.GetString(Json)!), row.Value!.ETag) : null;
    }

    /// <returns>What the key created and the hash of that request; null for a new key.</returns>
    public async Task<(PeriodicTransferId Id, string RequestHash)?> FindByKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(PeriodicKeys.Partition(customer), PeriodicKeys.Key(customer, key), cancellationToken: cancellation);
        return row.HasValue ? (new PeriodicTransferId(row.Value!.GetGuid("Id")!.Value), row.Value!.GetString("RequestHash")!) : null;
    }

    /// <summary>In whatever state, newest first.</summary>
    public async Task<IReadOnlyList<PeriodicTransfer>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {PeriodicKeys.Partition(customer)} and RowKey ge {PeriodicKeys.First} and RowKey lt {PeriodicKeys.After}");
        var all = new List<PeriodicTransfer>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            all.Add(StoredJson.Read<PeriodicTransfer>(row.GetString(Json)!));
        return [.. all.OrderByDescending(it => it.CreatedAt).ThenBy(it => it.Id.Value)];
    }

    /// <returns>False when the key or the quote was used before; nothing was written but a pointer.</returns>
    public async Task<bool> AddAsync(PeriodicTransfer it, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        await PointAsync(it, cancellation);
        var used = new TableEntity(PeriodicKeys.Partition(it.Customer), PeriodicKeys.Key(it.Customer, key)) { ["Id"] = it.Id.Value, ["RequestHash"] = requestHash };
        return await table.TryAddAllAsync(
            [new TableTransactionAction(TableTransactionActionType.Add, Row(it)), new TableTransactionAction(TableTransactionActionType.Add, used)], cancellation);
    }

    /// <summary>Replaces a standing transfer and its pointer.</summary>
    /// <returns>As it is now; null when it has changed since it was read.</returns>
    public async Task<StoredPeriodic?> ChangeAsync(StoredPeriodic from, PeriodicTransfer to, CancellationToken cancellation)
    {
        // The new pointer first: after a crash there are two, of which one leads nowhere. None would mean a transfer forgotten.
        // The old one as it was before: whoever points there anew, because of a change that follows this one, keeps their pointer.
        var moves = from.It.Next?.At != to.Next?.At;
        var old = moves && PointerOf(from.It) is { } pointer ? await FindPointerAsync(pointer, cancellation) : null;
        if (moves)
            await PointAsync(to, cancellation);
        ETag written;
        try
        {
            var answer = await table.UpdateEntityAsync(Row(to), from.ETag, TableUpdateMode.Replace, cancellation);
            written = answer.Headers.ETag ?? default;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }

        if (old is not null)
            await DropPointerAsync(old, cancellation);
        return new StoredPeriodic(to, written);
    }

    /// <summary>Pointers to executions due by now, in no order.</summary>
    public async IAsyncEnumerable<PeriodicPointer> DueAsync(Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in DuePeriodicKeys.Partitions)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {DuePeriodicKeys.After(now)}");
            await foreach (var row in due.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                yield return new PeriodicPointer(row.PartitionKey, row.RowKey, CustomerId.Of(row.GetString("Customer")!), new PeriodicTransferId(row.GetGuid("Id")!.Value));
        }
    }

    public async Task<StoredPeriodicPointer?> FindPointerAsync(PeriodicPointer pointer, CancellationToken cancellation)
    {
        var row = await due.GetEntityIfExistsAsync<TableEntity>(pointer.Partition, pointer.Row, cancellationToken: cancellation);
        return row.HasValue ? new StoredPeriodicPointer(pointer, row.Value!.GetDateTimeOffset("WrittenAt"), row.Value!.ETag) : null;
    }

    /// <summary>Nothing when it was written anew since it was read.</summary>
    public async Task DropPointerAsync(StoredPeriodicPointer pointer, CancellationToken cancellation)
    {
        // False: somebody points there again, or has dropped it.
        await due.TryDeleteAsync(pointer.It.Partition, pointer.It.Row, pointer.ETag, cancellation);
    }

    public static PeriodicPointer? PointerOf(PeriodicTransfer it) => it.Next is { } next
        ? new PeriodicPointer(DuePeriodicKeys.Partition(it.Id), DuePeriodicKeys.Row(next.At, it.Id), it.Customer, it.Id)
        : null;

    private Task PointAsync(PeriodicTransfer it, CancellationToken cancellation)
    {
        if (PointerOf(it) is not { } pointer)
            return Task.CompletedTask;
        var row = new TableEntity(pointer.Partition, pointer.Row) { ["Customer"] = it.Customer.Value, ["Id"] = it.Id.Value, ["WrittenAt"] = time.GetUtcNow() };
        return due.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private static TableEntity Row(PeriodicTransfer it) => new(PeriodicKeys.Partition(it.Customer), PeriodicKeys.Periodic(it.Id)) { [Json] = StoredJson.Write(it) };
}

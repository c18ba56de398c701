using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>An order as read or written, with what guards its next change.</summary>
internal sealed record OrderRecord(InterbankOrder Order, ETag ETag);

/// <summary>
/// Table InterbankOrders: partition = transfer id, row <c>order</c>; partition <c>open</c>: one row for each that is not final, what the sweeper reads;
/// partition <c>screening</c>: those that staff have to decide.
/// </summary>
internal sealed class InterbankOrders(BankTables tables)
{
    public const string Name = "InterbankOrders";
    private const string Row = "order";
    private const string Open = "open";
    private const string Stopped = "screening";

    private TableClient Table => tables.Open(Name);

    public async Task<OrderRecord?> FindAsync(TransferId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Key(id), Row, null, cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    /// <summary>The index row goes first: what it points at may be missing, never the other way round.</summary>
    /// <returns>The order; an earlier one of the same id as it is now.</returns>
    public async Task<OrderRecord> BeginAsync(InterbankOrder order, CancellationToken cancellation)
    {
        await OpenAsync(order, cancellation);
        try
        {
            var answer = await Table.AddEntityAsync(ToRow(order), cancellation);
            return new OrderRecord(order, answer.Headers.ETag ?? default);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return (await FindAsync(order.Id, cancellation))!;
        }
    }

    public Task OpenAsync(InterbankOrder order, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(Open, Key(order.Id)) { ["Since"] = order.Transfer.OrderedAt.ToDateTimeOffset() }, TableUpdateMode.Replace, cancellation);

    public Task CloseAsync(TransferId id, CancellationToken cancellation) => RemoveAsync(Open, id, cancellation);

    /// <param name="change">From the order as it is; null leaves it. Asked again after a lost race.</param>
    /// <returns>The order as it is then, and whether this call changed it.</returns>
    public async Task<(OrderRecord Record, bool IsChanged)> ChangeAsync(
        OrderRecord record, Func<InterbankOrder, InterbankOrder?> change, CancellationToken cancellation)
    {
        while (change(record.Order) is { } changed)
        {
            try
            {
                var answer = await Table.UpdateEntityAsync(ToRow(changed), record.ETag, TableUpdateMode.Replace, cancellation);
                return (new OrderRecord(changed, answer.Headers.ETag ?? default), true);
            }
            catch (RequestFailedException e) when (e.Status == 412)
            {
                record = (await FindAsync(record.Order.Id, cancellation))!;
            }
        }

        return (record, false);
    }

    /// <summary>Those ordered before the time: younger ones may be in the hands of the call that began them.</summary>
    public async IAsyncEnumerable<TransferId> ListOpenAsync(Instant orderedBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Open} and Since lt {orderedBefore.ToDateTimeOffset()}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return new TransferId(Guid.ParseExact(row.RowKey, "N"));
    }

    public Task StopAsync(TransferId id, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Stopped, Key(id)), TableUpdateMode.Replace, cancellation);

    public Task UnstopAsync(TransferId id, CancellationToken cancellation) => RemoveAsync(Stopped, id, cancellation);

    public async IAsyncEnumerable<TransferId> ListStoppedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Stopped}"), cancellationToken: cancellation))
            yield return new TransferId(Guid.ParseExact(row.RowKey, "N"));
    }

    private Task RemoveAsync(string partition, TransferId id, CancellationToken cancellation) =>
        Table.TryDeleteAsync(partition, Key(id), ETag.All, cancellation);

    private static string Key(TransferId id) => id.Value.ToString("N");

    private static TableEntity ToRow(InterbankOrder order) => new(Key(order.Id), Row)
    {
        ["Order"] = StoredJson.Write(order),
        ["State"] = order.State.ToString(),
    };

    private static OrderRecord From(TableEntity row) => new(StoredJson.Read<InterbankOrder>(row.GetString("Order")!), row.ETag);
}

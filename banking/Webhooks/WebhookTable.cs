using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Webhooks;

/// <summary>An endpoint as read, with its sealed secrets and what guards its next change.</summary>
/// <param name="Created">Hash of the order that made it, for its repetition.</param>
/// <param name="Rotated">The order that last changed its secret.</param>
internal sealed record EndpointRecord(WebhookEndpoint It, byte[] Secret, byte[]? OldSecret, string Created, string? Rotated, ETag ETag);

/// <summary>An event, and to whom it is told.</summary>
/// <param name="IsOpen">Not all of its deliveries have been written yet.</param>
internal sealed record EventRecord(string Id, string Type, string Subject, string Data, Instant At, IReadOnlyList<Guid> Endpoints, bool IsOpen);

internal sealed record DeliveryRecord(WebhookDelivery It, string Row, ETag ETag);

/// <summary>
/// Table webhooks. Partition <c>endpoints</c>. Partition <c>event|id</c>: one event. Partition <c>day|…</c>: the events of a day, to be erased. Partition <c>to|endpoint</c>: what is
/// told to it, newest first. Partition <c>due</c>: what is not at its end; a row there is written before its delivery and goes after its end, so no delivery is without one.
/// </summary>
internal sealed class WebhookTable(BankTables tables)
{
    public const string Name = "webhooks";

    private const string Endpoints = "endpoints";
    private const string Due = "due";
    private const string Only = "event";
    private const long Latest = 99_999_999_999_999;

    private TableClient Table => tables.Open(Name);

    public async Task<EndpointRecord?> FindEndpointAsync(Guid id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Endpoints, id.ToString("N"), cancellationToken: cancellation);
        return found.HasValue ? ToEndpoint(found.Value!) : null;
    }

    /// <summary>All, the removed ones too; there are few.</summary>
    public async Task<IReadOnlyList<EndpointRecord>> ListEndpointsAsync(CancellationToken cancellation)
    {
        List<EndpointRecord> found = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Endpoints}"), cancellationToken: cancellation))
            found.Add(ToEndpoint(row));
        return found;
    }

    /// <param name="read">What it was read with; null for a new one.</param>
    /// <returns>False when somebody else was first.</returns>
    public Task<bool> TryWriteAsync(EndpointRecord record, ETag? read, CancellationToken cancellation) => Table.TryWriteAsync(ToRow(record), read, cancellation);

    public Task RemoveEndpointAsync(Guid id, CancellationToken cancellation) => Table.TryDeleteAsync(Endpoints, id.ToString("N"), ETag.All, cancellation);

    public async Task<EventRecord?> FindEventAsync(string id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>($"event|{id}", Only, cancellationToken: cancellation);
        return found.HasValue ? ToEvent(found.Value!) : null;
    }

    /// <summary>First its day, so that it is erased one day; then the event.</summary>
    /// <returns>False when it is there already.</returns>
    public async Task<bool> TryAddAsync(EventRecord it, CancellationToken cancellation)
    {
        await Table.UpsertEntityAsync(new TableEntity(Day(it.At), it.Id), TableUpdateMode.Replace, cancellation);
        return await Table.TryAddAsync(
            new TableEntity($"event|{it.Id}", Only)
            {
                ["Type"] = it.Type,
                ["Subject"] = it.Subject,
                ["Data"] = it.Data,
                ["At"] = it.At.ToDateTimeOffset(),
                ["Endpoints"] = string.Join(' ', it.Endpoints.Select(endpoint => endpoint.ToString("N"))),
                ["Open"] = it.IsOpen,
            },
            cancellation);
    }

    public Task CloseAsync(EventRecord it, CancellationToken cancellation) =>
        Table.TryUpdateAsync(new TableEntity($"event|{it.Id}", Only) { ["Open"] = false }, ETag.All, TableUpdateMode.Merge, cancellation);

    /// <summary>The row that makes it found, then the delivery unless it is there.</summary>
    public async Task AddAsync(WebhookDelivery it, CancellationToken cancellation)
    {
        await MarkDueAsync(it.Endpoint, RowOf(it), it.NextTryAt!.Value, cancellation);
        await Table.TryAddAsync(ToRow(it), cancellation);
    }

    public async Task<DeliveryRecord?> FindAsync(Guid endpoint, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(To(endpoint), row, cancellationToken: cancellation);
        return found.HasValue ? ToDelivery(found.Value!) : null;
    }

    /// <returns>Null when it has changed since it was read.</returns>
    public async Task<DeliveryRecord?> ReplaceAsync(DeliveryRecord record, WebhookDelivery changed, CancellationToken cancellation)
    {
        try
        {
            var answer = await Table.UpdateEntityAsync(ToRow(changed), record.ETag, TableUpdateMode.Replace, cancellation);
            return record with { It = changed, ETag = answer.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (Ledger.StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    public Task MarkDueAsync(Guid endpoint, string row, Instant at, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Due, $"{endpoint:N}|{row}") { ["At"] = at.ToDateTimeOffset() }, TableUpdateMode.Replace, cancellation);

    public Task UnmarkDueAsync(Guid endpoint, string row, CancellationToken cancellation) => Table.TryDeleteAsync(Due, $"{endpoint:N}|{row}", ETag.All, cancellation);

    /// <summary>What is not at its end: whose, which, and when it is to be tried. In proportion to that.</summary>
    /// <param name="of">Only one endpoint's.</param>
    public async IAsyncEnumerable<(Guid Endpoint, string Row, Instant At)> DueAsync(Guid? of, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (from, to) = of is { } only ? ($"{only:N}|", $"{only:N}~") : ("", "~");
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Due} and RowKey gt {from} and RowKey lt {to}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var bar = row.RowKey.IndexOf('|', StringComparison.Ordinal);
            yield return (Guid.ParseExact(row.RowKey[..bar], "N"), row.RowKey[(bar + 1)..], Instant.FromDateTimeOffset(row.GetDateTimeOffset("At")!.Value));
        }
    }

    /// <summary>What is told to an endpoint, newest first.</summary>
    public async Task<Page<WebhookDelivery>> ListAsync(Guid endpoint, PageRequest page, CancellationToken cancellation)
    {
        List<DeliveryRecord> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {To(endpoint)} and RowKey gt {page.After ?? ""}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<WebhookDelivery>([.. found.Select(record => record.It)], found[^1].Row);
            found.Add(ToDelivery(row));
        }

        return new Page<WebhookDelivery>([.. found.Select(record => record.It)], null);
    }

    /// <summary>Erases what was told to an endpoint before a moment.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EraseAsync(Guid endpoint, Instant before, CancellationToken cancellation)
    {
        var erased = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {To(endpoint)} and RowKey gt {Reversed(before)}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            await Table.TryDeleteAsync(To(endpoint), row.RowKey, ETag.All, cancellation);
            await UnmarkDueAsync(endpoint, row.RowKey, cancellation);
            erased++;
        }

        return erased;
    }

    /// <summary>Erases the events of the days before a moment's.</summary>
    public async Task<int> EraseEventsAsync(Instant before, CancellationToken cancellation)
    {
        var erased = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {"day|"} and PartitionKey lt {Day(before)}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            await Table.TryDeleteAsync($"event|{row.RowKey}", Only, ETag.All, cancellation);
            await Table.TryDeleteAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            erased++;
        }

        return erased;
    }

    public static string RowOf(WebhookDelivery it) => $"{Reversed(it.At)}|{it.Id}";

    private static string To(Guid endpoint) => $"to|{endpoint:N}";

    private static string Day(Instant at) => $"day|{at.InUtc().Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";

    private static string Reversed(Instant moment) => (Latest - moment.ToUnixTimeMilliseconds()).ToString("D14", CultureInfo.InvariantCulture);

    private static TableEntity ToRow(EndpointRecord record)
    {
        var row = new TableEntity(Endpoints, record.It.Id.ToString("N"))
        {
            ["Endpoint"] = StoredJson.Write(record.It),
            ["Secret"] = record.Secret,
            ["Created"] = record.Created,
        };
        if (record.OldSecret is { } old)
            row["OldSecret"] = old;
        if (record.Rotated is { } rotated)
            row["Rotated"] = rotated;
        return row;
    }

    private static EndpointRecord ToEndpoint(TableEntity row) => new(
        StoredJson.Read<WebhookEndpoint>(row.GetString("Endpoint")!), row.GetBinary("Secret")!, row.GetBinary("OldSecret"), row.GetString("Created")!, row.GetString("Rotated"), row.ETag);

    private static EventRecord ToEvent(TableEntity row) => new(
        row.PartitionKey["event|".Length..], row.GetString("Type")!, row.GetString("Subject")!, row.GetString("Data")!, Instant.FromDateTimeOffset(row.GetDateTimeOffset("At")!.Value),
        [.. row.GetString("Endpoints")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Guid.ParseExact(id, "N"))], row.GetBoolean("Open")!.Value);

    private static TableEntity ToRow(WebhookDelivery it) => new(To(it.Endpoint), RowOf(it)) { ["Delivery"] = StoredJson.Write(it) };

    private static DeliveryRecord ToDelivery(TableEntity row) => new(StoredJson.Read<WebhookDelivery>(row.GetString("Delivery")!), row.RowKey, row.ETag);
}

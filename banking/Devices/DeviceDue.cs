using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Devices;

/// <summary>What the timers look at. A row is written before what it points at and may lead nowhere; it costs a look then.</summary>
internal sealed class DeviceDue(BankTables tables, TimeProvider time)
{
    private TableClient Table => tables.Open(DeviceDueKeys.Table);

    public Task PointAtEventAsync(CustomerId customer, Guid id, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(DeviceDueKeys.FollowUpPartition(id), DeviceDueKeys.FollowUp(id)) { ["Customer"] = customer.Value, ["Since"] = time.GetUtcNow() },
        TableUpdateMode.Replace, cancellation);

    public Task EndEventAsync(Guid id, CancellationToken cancellation) => DeleteAsync(DeviceDueKeys.FollowUpPartition(id), DeviceDueKeys.FollowUp(id), cancellation);

    public async IAsyncEnumerable<(CustomerId Customer, Guid Event)> EventsAsync(Instant olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in DeviceDueKeys.FollowUpPartitions)
        {
            await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellation))
            {
                if (row.GetDateTimeOffset("Since") is { } since && Instant.FromDateTimeOffset(since) < olderThan)
                    yield return (CustomerId.Of(row.GetString("Customer")!), Guid.ParseExact(row.RowKey, "N"));
            }
        }
    }

    /// <summary>Looks at a trusted device when it will have been unused for so long, and not before.</summary>
    public Task WatchDormancyAsync(CustomerId customer, InstallationId installation, Instant dormantAt, CancellationToken cancellation) =>
        PointAtAsync(DeviceDueKeys.Dormant(DayOf(dormantAt)), customer, installation, cancellation);

    public Task WatchRetentionAsync(CustomerId customer, InstallationId installation, Instant tooOldAt, CancellationToken cancellation) =>
        PointAtAsync(DeviceDueKeys.Retention(DayOf(tooOldAt)), customer, installation, cancellation);

    public IAsyncEnumerable<DueDevice> DormantAsync(Instant now, CancellationToken cancellation) => DueAsync(DeviceDueKeys.Dormant, now, cancellation);

    public IAsyncEnumerable<DueDevice> RetentionAsync(Instant now, CancellationToken cancellation) => DueAsync(DeviceDueKeys.Retention, now, cancellation);

    public Task DoneAsync(DueDevice due, CancellationToken cancellation) =>
        DeleteAsync(due.Partition, DeviceDueKeys.Row(due.Customer, due.Installation), cancellation);

    /// <summary>Of today and of every day that was missed.</summary>
    private async IAsyncEnumerable<DueDevice> DueAsync(Func<LocalDate, string> partition, Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, last) = (partition(new LocalDate(2000, 1, 1)), partition(DayOf(now)));
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (row.RowKey.Split('|') is [var customer, var installation])
                yield return new DueDevice(row.PartitionKey, CustomerId.Of(customer), InstallationId.Of(installation));
        }
    }

    private Task PointAtAsync(string partition, CustomerId customer, InstallationId installation, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(partition, DeviceDueKeys.Row(customer, installation)), TableUpdateMode.Replace, cancellation);

    private Task DeleteAsync(string partition, string row, CancellationToken cancellation) =>
        Table.TryDeleteAsync(partition, row, ETag.All, cancellation);

    private static LocalDate DayOf(Instant moment) => moment.InZone(BankTime.Tirane).Date;
}

/// <param name="Partition">The day's.</param>
internal sealed record DueDevice(string Partition, CustomerId Customer, InstallationId Installation);

using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Devices;

/// <summary>The customers' devices in storage.</summary>
internal sealed class DeviceTable(BankTables tables)
{
    private const int RowsOfOneTransaction = 100;

    private TableClient Table => tables.Open(DeviceKeys.Table);

    /// <summary>One query.</summary>
    public async Task<DeviceBook> ReadAsync(CustomerId customer, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {DeviceKeys.Partition(customer)} and RowKey ge {DeviceKeys.First} and RowKey le {DeviceKeys.Head}");
        var (head, etag) = (DeviceHead.Empty, (ETag?)null);
        var (devices, events) = (new List<Device>(), new List<DeviceEvent>());
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (row.RowKey == DeviceKeys.Head)
                (head, etag) = (DeviceRows.ToHead(row), row.ETag);
            else if (row.RowKey.StartsWith(DeviceKeys.DevicePrefix, StringComparison.Ordinal))
                devices.Add(DeviceRows.ToDevice(row));
            else
                events.Add(StoredJson.Read<DeviceEvent>(row.GetString("Event")!));
        }

        return new DeviceBook(customer, head, etag, devices, events);
    }

    /// <summary>One read.</summary>
    public async Task<Device?> FindAsync(CustomerId customer, InstallationId installation, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(
            DeviceKeys.Partition(customer), DeviceKeys.Device(installation), cancellationToken: cancellation);
        return row.HasValue ? DeviceRows.ToDevice(row.Value!) : null;
    }

    /// <returns>False when something about the customer's devices has changed since it was read; nothing was written.</returns>
    public async Task<bool> WriteAsync(DeviceBook before, DeviceChange change, CancellationToken cancellation)
    {
        var head = DeviceRows.Of(before.Customer, change.Head);
        List<TableTransactionAction> rows =
        [
            before.HeadETag is { } etag ? new(TableTransactionActionType.UpdateReplace, head, etag) : new(TableTransactionActionType.Add, head),
            .. change.Devices.Select(device => new TableTransactionAction(TableTransactionActionType.UpsertReplace, DeviceRows.Of(device))),
        ];
        if (change.Event is { } told)
        {
            rows.Add(new(TableTransactionActionType.Add, new TableEntity(head.PartitionKey, DeviceKeys.Event(told.Id)) { ["Event"] = StoredJson.Write(told) }));
        }

        if (change.Activity is { } activity)
            rows.Add(new(TableTransactionActionType.UpsertReplace, DeviceRows.Of(activity)));
        return await Table.TrySubmitAsync(rows, cancellation);
    }

    /// <summary>After everybody knows; a second end changes nothing.</summary>
    public Task EndEventAsync(CustomerId customer, Guid id, CancellationToken cancellation) => DeleteAsync(DeviceKeys.Partition(customer), DeviceKeys.Event(id), cancellation);

    /// <summary>Whom the installation remembers.</summary>
    public async Task<CustomerId?> FindRememberedAsync(InstallationId installation, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(DeviceKeys.Installation(installation), DeviceKeys.Remembered, cancellationToken: cancellation);
        return row.HasValue ? CustomerId.Find(row.Value!.GetString("Customer")) : null;
    }

    public Task RememberAsync(InstallationId installation, CustomerId customer, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(DeviceKeys.Installation(installation), DeviceKeys.Remembered) { ["Customer"] = customer.Value }, TableUpdateMode.Replace, cancellation);

    /// <summary>Nothing when the installation remembers somebody else by now.</summary>
    public async Task ForgetAsync(InstallationId installation, CustomerId customer, CancellationToken cancellation)
    {
        if (await FindRememberedAsync(installation, cancellation) == customer)
            await DeleteAsync(DeviceKeys.Installation(installation), DeviceKeys.Remembered, cancellation);
    }

    public Task AddActivityAsync(DeviceActivity activity, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(DeviceRows.Of(activity), TableUpdateMode.Replace, cancellation);

    /// <summary>Newest first.</summary>
    public async Task<Page<DeviceActivity>> ListActivityAsync(CustomerId customer, InstallationId installation, PageRequest page, CancellationToken cancellation)
    {
        var after = page.After ?? DeviceKeys.ActivityFirst(installation);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {DeviceKeys.Partition(customer)} and RowKey gt {after} and RowKey lt {DeviceKeys.ActivityAfter(installation)}");
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, page.Limit + 1, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count > page.Limit)
                break;
        }

        return rows.Count > page.Limit
            ? new Page<DeviceActivity>([.. rows.Take(page.Limit).Select(DeviceRows.ToActivity)], rows[page.Limit - 1].RowKey)
            : new Page<DeviceActivity>([.. rows.Select(DeviceRows.ToActivity)], null);
    }

    /// <summary>Erases what was done at this moment or before.</summary>
    public async Task EraseActivityAsync(CustomerId customer, InstallationId installation, Instant until, CancellationToken cancellation)
    {
        var partition = DeviceKeys.Partition(customer);
        var (border, after) = (DeviceKeys.ActivityUntil(installation, until), DeviceKeys.ActivityAfter(installation));
        var old = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {border} and RowKey lt {after}");
        var batch = new List<TableTransactionAction>();
        await foreach (var row in Table.QueryAsync<TableEntity>(old, select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
        {
            batch.Add(new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All));
            if (batch.Count == RowsOfOneTransaction)
                await SubmitAsync(batch, cancellation);
        }

        await SubmitAsync(batch, cancellation);
    }

    /// <summary>The oldest that was done after one moment and until another.</summary>
    public async Task<Instant?> FindOldestActivityAsync(
        CustomerId customer, InstallationId installation, Instant after, Instant until, CancellationToken cancellation)
    {
        var (newest, border) = (DeviceKeys.ActivityUntil(installation, until), DeviceKeys.ActivityUntil(installation, after));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {DeviceKeys.Partition(customer)} and RowKey ge {newest} and RowKey lt {border}");
        Instant? oldest = null;
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["At"], cancellationToken: cancellation))
            oldest = DeviceRows.Moment(row, "At");
        return oldest;
    }

    private async Task SubmitAsync(List<TableTransactionAction> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
            return;
        try
        {
            await Table.SubmitTransactionAsync(batch, cancellation);
        }
        catch (TableTransactionFailedException e) when (e.Status == 404)
        {
            // Another run erases them too; what is left is found the next time.
        }

        batch.Clear();
    }

    private Task DeleteAsync(string partition, string row, CancellationToken cancellation) =>
        Table.TryDeleteAsync(partition, row, ETag.All, cancellation);
}

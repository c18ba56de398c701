using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.SmartPay;

/// <summary>A request as read or written, with what guards its next change.</summary>
internal sealed record StoredQrRequest(QrRequest It, ETag ETag);

/// <summary>QR accounts, requests and what was received, in storage.</summary>
internal sealed class SmartPayTable(BankTables tables)
{
    private const string Json = "Json";
    private const string RequestHash = "RequestHash";

    private TableClient Table => tables.Open(SmartPayKeys.Table);

    private TableClient Owners => tables.Open(SmartPayKeys.Owners);

    /// <summary>First whose it is, then the account itself with the mark that keeps a second one away.</summary>
    /// <returns>False when there is such a QR account already, or one of the same account.</returns>
    public async Task<bool> AddAsync(QrAccount account, string requestHash, CancellationToken cancellation)
    {
        await Owners.UpsertEntityAsync(
            new TableEntity(account.Id.Value.ToString("N"), SmartPayKeys.OwnerRow) { ["Customer"] = account.Owner.Value }, TableUpdateMode.Replace, cancellation);
        var row = Row(account);
        row[RequestHash] = requestHash;
        return await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, row),
                new(TableTransactionActionType.Add, new TableEntity(SmartPayKeys.Partition(account.Owner), SmartPayKeys.Of(account.Account)) { ["QrAccount"] = account.Id.Value }),
            ],
            cancellation);
    }

    /// <returns>With the hash of the order that opened it; null when there is none.</returns>
    public async Task<(QrAccount It, string RequestHash, ETag ETag)?> FindAsync(CustomerId owner, QrAccountId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(SmartPayKeys.Partition(owner), SmartPayKeys.Account(id), cancellationToken: cancellation);
        return row.HasValue ? (StoredJson.Read<QrAccount>(row.Value!.GetString(Json)!), row.Value.GetString(RequestHash)!, row.Value.ETag) : null;
    }

    /// <returns>Null when there is none.</returns>
    public async Task<CustomerId?> FindOwnerAsync(QrAccountId id, CancellationToken cancellation)
    {
        var row = await Owners.GetEntityIfExistsAsync<TableEntity>(id.Value.ToString("N"), SmartPayKeys.OwnerRow, cancellationToken: cancellation);
        return row.HasValue ? CustomerId.Of(row.Value!.GetString("Customer")!) : null;
    }

    /// <returns>The live QR account of an account; null when it has none.</returns>
    public async Task<QrAccountId?> FindOfAsync(CustomerId owner, AccountId account, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(SmartPayKeys.Partition(owner), SmartPayKeys.Of(account), cancellationToken: cancellation);
        return row.HasValue ? new QrAccountId(row.Value!.GetGuid("QrAccount")!.Value) : null;
    }

    /// <summary>Deleted ones too, in no order.</summary>
    public async Task<IReadOnlyList<QrAccount>> ListAsync(CustomerId owner, CancellationToken cancellation)
    {
        List<QrAccount> found = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(Between(owner, SmartPayKeys.FirstAccount, SmartPayKeys.FirstAccount + "~"), cancellationToken: cancellation))
            found.Add(StoredJson.Read<QrAccount>(row.GetString(Json)!));
        return found;
    }

    /// <returns>False when it has changed since it was read.</returns>
    public Task<bool> ReplaceAsync(QrAccount to, string requestHash, ETag from, CancellationToken cancellation)
    {
        var row = Row(to);
        row[RequestHash] = requestHash;
        List<TableTransactionAction> rows = [new(TableTransactionActionType.UpdateReplace, row, from)];
        if (to.IsDeleted)
            rows.Add(new(TableTransactionActionType.Delete, new TableEntity(SmartPayKeys.Partition(to.Owner), SmartPayKeys.Of(to.Account)), ETag.All));
        return Table.TrySubmitAsync(rows, cancellation);
    }

    /// <summary>Its pointer first, so that none is forgotten.</summary>
    /// <returns>False when there is such a request already.</returns>
    public async Task<bool> AddAsync(QrRequest request, string requestHash, CancellationToken cancellation)
    {
        if (request.ExpiresAt is { } end)
            await PointAsync(request, end, 0, cancellation);
        var row = Row(request);
        row[RequestHash] = requestHash;
        return await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, row),
                new(TableTransactionActionType.Add, new TableEntity(SmartPayKeys.Partition(request.Owner), SmartPayKeys.Listed(request)) { ["Id"] = request.Id.Value }),
            ],
            cancellation);
    }

    /// <returns>With the hash of the order that made it; null when there is none.</returns>
    public async Task<(StoredQrRequest Stored, string RequestHash)?> FindAsync(CustomerId owner, QrRequestId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(SmartPayKeys.Partition(owner), SmartPayKeys.Request(id), cancellationToken: cancellation);
        return row.HasValue
            ? (new StoredQrRequest(StoredJson.Read<QrRequest>(row.Value!.GetString(Json)!), row.Value.ETag), row.Value.GetString(RequestHash)!)
            : null;
    }

    /// <returns>As written; null when it has changed since it was read.</returns>
    public async Task<StoredQrRequest?> ChangeAsync(StoredQrRequest from, QrRequest to, CancellationToken cancellation)
    {
        try
        {
            var written = await Table.UpdateEntityAsync(Row(to), from.ETag, TableUpdateMode.Merge, cancellation);
            return new StoredQrRequest(to, written.Headers.ETag ?? default);
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    /// <summary>Newest first: one query, and a read for each.</summary>
    public async Task<Page<QrRequest>> ListRequestsAsync(CustomerId owner, PageRequest page, CancellationToken cancellation)
    {
        var (rows, next) = await ReadPageAsync(owner, SmartPayKeys.FirstListed, page, cancellation);
        var found = await Task.WhenAll(rows.Select(row => FindAsync(owner, new QrRequestId(row.GetGuid("Id")!.Value), cancellation)));
        return new Page<QrRequest>([.. found.Select(one => one!.Value.Stored.It)], next);
    }

    /// <summary>May be repeated.</summary>
    public Task AddReceivedAsync(CustomerId owner, QrReceipt receipt, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(SmartPayKeys.Partition(owner), SmartPayKeys.Received(receipt.At, receipt.Transfer)) { [Json] = StoredJson.Write(receipt) }, TableUpdateMode.Replace, cancellation);

    /// <summary>Newest first.</summary>
    public async Task<Page<QrReceipt>> ListReceivedAsync(CustomerId owner, PageRequest page, CancellationToken cancellation)
    {
        var (rows, next) = await ReadPageAsync(owner, SmartPayKeys.FirstReceived, page, cancellation);
        return new Page<QrReceipt>([.. rows.Select(row => StoredJson.Read<QrReceipt>(row.GetString(Json)!))], next);
    }

    /// <summary>Keeps what a payer's key was used for.</summary>
    /// <returns>False when it was used for something else before.</returns>
    public async Task<bool> TakeKeyAsync(CustomerId payer, Guid order, string requestHash, CancellationToken cancellation)
    {
        var row = new TableEntity(SmartPayKeys.Partition(payer), SmartPayKeys.Key(order)) { [RequestHash] = requestHash };
        return await Table.TryAddAsync(row, cancellation)
            || (await Table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellation)).Value.GetString(RequestHash) == requestHash;
    }

    /// <summary>May be repeated.</summary>
    public Task PointAsync(QrRequest request, Instant at, int attempt, CancellationToken cancellation) => tables.Open(SmartPayDueKeys.Table).UpsertEntityAsync(
        new TableEntity(SmartPayDueKeys.Partition(request.Id), SmartPayDueKeys.Row(at, request.Id, attempt))
        {
            ["Customer"] = request.Owner.Value,
            ["Request"] = request.Id.Value,
            ["Attempt"] = attempt,
            ["At"] = at.ToDateTimeOffset(),
        },
        TableUpdateMode.Replace, cancellation);

    public Task DropPointerAsync(QrRequestId request, Instant at, int attempt, CancellationToken cancellation) =>
        tables.Open(SmartPayDueKeys.Table).TryDeleteAsync(SmartPayDueKeys.Partition(request), SmartPayDueKeys.Row(at, request, attempt), ETag.All, cancellation);

    public async IAsyncEnumerable<QrRequestDue> DueAsync(Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in SmartPayDueKeys.Partitions)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {SmartPayDueKeys.After(now)}");
            await foreach (var row in tables.Open(SmartPayDueKeys.Table).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            {
                yield return new QrRequestDue(
                    CustomerId.Of(row.GetString("Customer")!), new QrRequestId(row.GetGuid("Request")!.Value), Instant.FromDateTimeOffset(row.GetDateTimeOffset("At")!.Value),
                    row.GetInt32("Attempt")!.Value);
            }
        }
    }

    private async Task<(IReadOnlyList<TableEntity> Rows, string? Next)> ReadPageAsync(CustomerId owner, string prefix, PageRequest page, CancellationToken cancellation)
    {
        List<TableEntity> rows = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(Between(owner, page.After ?? prefix, prefix + "~"), maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (rows.Count == page.Limit)
                return (rows, rows[^1].RowKey);
            rows.Add(row);
        }

        return (rows, null);
    }

    private static string Between(CustomerId owner, string first, string end) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {SmartPayKeys.Partition(owner)} and RowKey gt {first} and RowKey lt {end}");

    private static TableEntity Row(QrAccount it) => new(SmartPayKeys.Partition(it.Owner), SmartPayKeys.Account(it.Id)) { [Json] = StoredJson.Write(it) };

    private static TableEntity Row(QrRequest it) => new(SmartPayKeys.Partition(it.Owner), SmartPayKeys.Request(it.Id)) { [Json] = StoredJson.Write(it) };
}

/// <param name="Attempt">0 for the end of the request's life; of a payment, its number.</param>
internal sealed record QrRequestDue(CustomerId Owner, QrRequestId Request, Instant At, int Attempt);

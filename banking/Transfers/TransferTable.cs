using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>A transfer as stored, with what tells a retry from another order.</summary>
/// <param name="SaveBeneficiary">To be done after the money has moved.</param>
internal sealed record TransferRecord(Transfer Transfer, string RequestHash, string KeyRow, bool SaveBeneficiary, ETag ETag);

/// <summary>Reads and writes transfers in their customers' partitions.</summary>
internal sealed class TransferTable(BankTables tables, LimitBooks books)
{
    private TableClient Table => tables.Open(TransferKeys.Table);

    /// <summary>Takes an order: key, transfer, list and limits together or not at all. The key goes first, so that its conflict is the one that shows.</summary>
    public async Task<TransferRecord> AddAsync(Transfer transfer, TransferOrder order, LimitBook book)
    {
        var keyRow = TransferKeys.Key(order.Key);
        var answer = await Table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(TransferKeys.Partition(transfer.Customer), keyRow)
                {
                    ["Transfer"] = transfer.Id.Value,
                    ["RequestHash"] = order.RequestHash,
                }),
                new TableTransactionAction(TableTransactionActionType.Add, Row(transfer, order.RequestHash, keyRow, order.SaveBeneficiary, TransferKeys.Transfer(transfer.Id))),
                new TableTransactionAction(
                    TableTransactionActionType.Add, Row(transfer, order.RequestHash, keyRow, order.SaveBeneficiary, TransferKeys.Listed(transfer.OrderedAt, transfer.Id))),
                book.ToAction(),
            ],
            CancellationToken.None);
        books.Remember(book, answer.Value[3].Headers.ETag);
        return new TransferRecord(transfer, order.RequestHash, keyRow, order.SaveBeneficiary, answer.Value[1].Headers.ETag ?? default);
    }

    public async Task<TransferRecord?> FindAsync(CustomerId customer, TransferId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(TransferKeys.Partition(customer), TransferKeys.Transfer(id), null, cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <returns>Which transfer the key was used for, and the hash of its request; null when it was not.</returns>
    public async Task<(TransferId Transfer, string RequestHash)?> FindKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(TransferKeys.Partition(customer), TransferKeys.Key(key), null, cancellation);
        return row.HasValue ? (new TransferId(row.Value!.GetGuid("Transfer")!.Value), row.Value.GetString("RequestHash")!) : null;
    }

    /// <summary>Replaces transfer and list row as one.</summary>
    /// <param name="book">Limits given back in the same step; null leaves them.</param>
    /// <returns>False when somebody else changed the transfer or the limits meanwhile.</returns>
    public async Task<bool> ReplaceAsync(TransferRecord before, Transfer after, LimitBook? book = null)
    {
        var actions = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.UpdateReplace, Row(after, before, TransferKeys.Transfer(after.Id)), before.ETag),
            new(TableTransactionActionType.UpdateReplace, Row(after, before, TransferKeys.Listed(after.OrderedAt, after.Id)), ETag.All),
        };
        if (book is not null)
            actions.Add(book.ToAction());
        try
        {
            var answer = await Table.SubmitTransactionAsync(actions, CancellationToken.None);
            if (book is not null)
                books.Remember(book, answer.Value[2].Headers.ETag);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            books.Forget(after.Customer);
            return false;
        }
    }

    /// <summary>One page of the customer's own transfers, newest first.</summary>
    /// <param name="after">The last row of the page before.</param>
    public async Task<(IReadOnlyList<TransferRecord> Records, string? Last)> ListAsync(
        CustomerId customer, string? after, int limit, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TransferKeys.Partition(customer)} and RowKey gt {after ?? TransferKeys.FirstListed} and RowKey lt {TransferKeys.AfterListed}");
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: limit + 1, cancellationToken: cancellation))
        {
            if (rows.Count == limit)
                return ([.. rows.Select(Read)], rows[^1].RowKey);
            rows.Add(row);
        }

        return ([.. rows.Select(Read)], null);
    }

    /// <summary>Ordered in the period and not in the books, or perhaps not yet; newest first.</summary>
    public async IAsyncEnumerable<Transfer> ListUnbookedAsync(
        CustomerId customer, Instant from, Instant before, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, last) = (TransferKeys.ListedBefore(before), TransferKeys.ListedBefore(from));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TransferKeys.Partition(customer)} and RowKey gt {first} and RowKey lt {last} and IsUnbooked eq {true}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return Read(row).Transfer;
    }

    /// <summary>Ordered since then with this fingerprint, newest first.</summary>
    public async IAsyncEnumerable<Transfer> ListLikeAsync(
        CustomerId customer, string fingerprint, Instant since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TransferKeys.Partition(customer)} and RowKey gt {TransferKeys.FirstListed} and RowKey lt {TransferKeys.ListedBefore(since)} and Fingerprint eq {fingerprint}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return Read(row).Transfer;
    }

    /// <summary>Ordered through one channel in a period, newest first, with the key of each in the list.</summary>
    /// <param name="after">A key of the list: only what is older; null for all of the period.</param>
    public async Task<IReadOnlyList<(string Key, Transfer Transfer)>> ListByChannelAsync(
        CustomerId customer, string channel, Interval period, string? after, int limit, CancellationToken cancellation)
    {
        var (first, last) = (after ?? TransferKeys.ListedBefore(period.End), TransferKeys.ListedBefore(period.Start));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TransferKeys.Partition(customer)} and RowKey gt {first} and RowKey lt {last} and Channel eq {channel}");
        List<(string, Transfer)> found = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            found.Add((row.RowKey, Read(row).Transfer));
            if (found.Count == limit)
                break;
        }

        return found;
    }

    /// <summary>Lets the payee find the transfer.</summary>
    public Task AddReceivedAsync(Transfer transfer, CustomerId payee, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(TransferKeys.Partition(payee), TransferKeys.Received(transfer.Id)) { ["Payer"] = transfer.Customer.Value },
        TableUpdateMode.Replace, cancellation);

    /// <returns>Who sent the transfer to this customer; null when nobody did.</returns>
    public async Task<CustomerId?> FindPayerAsync(CustomerId payee, TransferId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(TransferKeys.Partition(payee), TransferKeys.Received(id), null, cancellation);
        return row.HasValue ? CustomerId.Of(row.Value!.GetString("Payer")!) : null;
    }

    private static TableEntity Row(Transfer transfer, TransferRecord like, string rowKey) =>
        Row(transfer, like.RequestHash, like.KeyRow, like.SaveBeneficiary, rowKey);

    private static TableEntity Row(Transfer transfer, string requestHash, string keyRow, bool saveBeneficiary, string rowKey) =>
        new(TransferKeys.Partition(transfer.Customer), rowKey)
        {
            ["Transfer"] = StoredJson.Write(transfer),
            ["RequestHash"] = requestHash,
            ["Key"] = keyRow,
            ["SaveBeneficiary"] = saveBeneficiary,
            ["Channel"] = transfer.Channel!,
            ["Fingerprint"] = FindLikeTransfer.FingerprintOf(transfer.Kind, transfer.To, transfer.Amount, transfer.Description)!,

            // The history asks for these alone, without reading a customer's years of settled transfers.
            ["IsUnbooked"] = transfer.State is TransferState.Accepted or TransferState.Sent or TransferState.Rejected,
        };

    private static TransferRecord Read(TableEntity row) => new(
        StoredJson.Read<Transfer>(row.GetString("Transfer")!), row.GetString("RequestHash")!, row.GetString("Key")!,
        row.GetBoolean("SaveBeneficiary") ?? false, row.ETag);
}

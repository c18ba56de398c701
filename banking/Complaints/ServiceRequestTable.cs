using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Complaints;

/// <summary>The service requests in storage.</summary>
internal sealed class ServiceRequestTable(BankTables tables)
{
    private const int BatchAtMost = 100;

    private TableClient Table => tables.Open(ServiceRequestKeys.Table);

    /// <summary>Newest first; one query for everything a customer has.</summary>
    public async Task<IReadOnlyList<StoredRequest>> ListAsync(CustomerId customer, CancellationToken cancellation) =>
        Read(customer, await RowsAsync(customer, ServiceRequestKeys.First, ServiceRequestKeys.After, cancellation));

    public async Task<StoredRequest?> FindAsync(CustomerId customer, string number, CancellationToken cancellation)
    {
        var first = ServiceRequestKeys.Request(number);
        return Read(customer, await RowsAsync(customer, first, first + "}", cancellation)).FirstOrDefault();
    }

    public async Task<(int Count, ETag? ETag)> CountOfDayAsync(CustomerId customer, LocalDate day, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(
            ServiceRequestKeys.Partition(customer), ServiceRequestKeys.Day(day), cancellationToken: cancellation);
        return found.HasValue ? (found.Value!.GetInt32("Count")!.Value, found.Value.ETag) : (0, null);
    }

    /// <summary>Says when somebody is to look; before what there will be to see is written.</summary>
    public Task RemindAsync(CustomerId customer, string number, IEnumerable<Instant> moments, CancellationToken cancellation) => Table.SubmitTransactionAsync(
        moments.Distinct().Select(at => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, new TableEntity(ServiceRequestKeys.Due, ServiceRequestKeys.DueAt(at, customer, number)))), cancellation);

    /// <summary>What staff see as open; before the request itself, like the reminders.</summary>
    public Task ListAsOpenAsync(ServiceRequest request, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(ServiceRequestKeys.Open, ServiceRequestKeys.OpenRow(request)), TableUpdateMode.Replace, cancellation);

    public Task TakeFromOpenAsync(ServiceRequest request, CancellationToken cancellation) =>
        Table.DeleteEntityAsync(ServiceRequestKeys.Open, ServiceRequestKeys.OpenRow(request), ETag.All, cancellation);

    public IAsyncEnumerable<TableEntity> OpenAsync(string after, CancellationToken cancellation) => Table.QueryAsync<TableEntity>(
        TableClient.CreateQueryFilter($"PartitionKey eq {ServiceRequestKeys.Open} and RowKey gt {after}"), select: ["RowKey"], cancellationToken: cancellation);

    /// <returns>False when it is there already, or the day's count changed meanwhile.</returns>
    public async Task<bool> AddAsync(ServiceRequest request, string requestHash, LocalDate day, (int Count, ETag? ETag) before, CancellationToken cancellation)
    {
        var partition = ServiceRequestKeys.Partition(request.Customer);
        var count = new TableEntity(partition, ServiceRequestKeys.Day(day)) { ["Count"] = before.Count + 1 };
        var row = new TableEntity(partition, ServiceRequestKeys.Request(request.Number))
        {
            ["Kind"] = request.Kind.ToString(),
            ["Details"] = request.Details,
            ["CreatedAt"] = request.CreatedAt.ToUnixTimeMilliseconds(),
            ["State"] = request.State.ToString(),
            ["AnswerBy"] = request.AnswerBy is { } date ? LocalDatePattern.Iso.Format(date) : null!,
            ["RequestHash"] = requestHash,
        };
        return await TryAsync(
            [
                new(TableTransactionActionType.Add, row),
                before.ETag is { } etag ? new(TableTransactionActionType.UpdateReplace, count, etag) : new(TableTransactionActionType.Add, count),
            ],
            cancellation);
    }

    /// <returns>The key's hash and message; null for a new key.</returns>
    public async Task<string?> FindAnswerAsync(CustomerId customer, string number, Guid id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(
            ServiceRequestKeys.Partition(customer), ServiceRequestKeys.Key(number, id), cancellationToken: cancellation);
        return found.HasValue ? found.Value!.GetString("RequestHash") : null;
    }

    /// <returns>False when the key was used, or the request was changed since it was read.</returns>
    public Task<bool> AnswerAsync(StoredRequest before, BankMessage message, Guid id, string requestHash, string? origin, CancellationToken cancellation)
    {
        var (partition, number) = (ServiceRequestKeys.Partition(before.Request.Customer), before.Request.Number);
        var change = new TableEntity(partition, ServiceRequestKeys.Request(number)) { ["State"] = message.NewState.ToString() };
        var row = new TableEntity(partition, ServiceRequestKeys.Message(number, message.At, id))
        {
            ["Officer"] = message.Officer,
            ["Text"] = message.Text,
            ["NewState"] = message.NewState.ToString(),
            ["OldState"] = before.Request.State.ToString(),
            ["At"] = message.At.ToUnixTimeTicks(),
            ["Origin"] = origin!,
        };
        return TryAsync(
            [
                new(TableTransactionActionType.UpdateMerge, change, before.ETag),
                new(TableTransactionActionType.Add, row),
                new(TableTransactionActionType.Add, new TableEntity(partition, ServiceRequestKeys.Key(number, id)) { ["RequestHash"] = requestHash }),
            ],
            cancellation);
    }

    /// <summary>Notes what was done about it, whatever else was changed meanwhile.</summary>
    public Task NoteAsync(ServiceRequest request, string column, object value, CancellationToken cancellation) => TryAsync(
        [new(TableTransactionActionType.UpdateMerge, new TableEntity(ServiceRequestKeys.Partition(request.Customer), ServiceRequestKeys.Request(request.Number)) { [column] = value }, ETag.All)],
        cancellation);

    /// <returns>False when it was changed since it was read.</returns>
    public Task<bool> AssignAsync(StoredRequest before, string officer, ServiceRequestState state, CancellationToken cancellation)
    {
        var change = new TableEntity(ServiceRequestKeys.Partition(before.Request.Customer), ServiceRequestKeys.Request(before.Request.Number))
        {
            ["Assignee"] = officer,
            ["State"] = state.ToString(),
        };
        return TryAsync([new(TableTransactionActionType.UpdateMerge, change, before.ETag)], cancellation);
    }

    public Task ToldAsync(CustomerId customer, string messageRow, CancellationToken cancellation) => TryAsync(
        [new(TableTransactionActionType.UpdateMerge, new TableEntity(ServiceRequestKeys.Partition(customer), messageRow) { ["Told"] = true }, ETag.All)], cancellation);

    public async IAsyncEnumerable<string> DueAsync(Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = ServiceRequestKeys.DueUntil(until);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ServiceRequestKeys.Due} and RowKey le {end}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return row.RowKey;
    }

    public Task DropDueAsync(string row, CancellationToken cancellation) => Table.DeleteEntityAsync(ServiceRequestKeys.Due, row, ETag.All, cancellation);

    public async Task EraseAsync(CustomerId customer, string number, CancellationToken cancellation)
    {
        var first = ServiceRequestKeys.Request(number);
        var rows = await RowsAsync(customer, first, first + "}", cancellation);

        // The request itself is the first of its rows and goes last, so that a crash leaves something to find.
        foreach (var batch in rows.AsEnumerable().Reverse().Chunk(BatchAtMost))
            await TryAsync([.. batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All))], cancellation);
    }

    private async Task<List<TableEntity>> RowsAsync(CustomerId customer, string first, string after, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ServiceRequestKeys.Partition(customer)} and RowKey ge {first} and RowKey lt {after}");
        List<TableEntity> rows = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            rows.Add(row);
        return rows;
    }

    private async Task<bool> TryAsync(IReadOnlyList<TableTransactionAction> rows, CancellationToken cancellation)
    {
        try
        {
            await Table.SubmitTransactionAsync(rows, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e) || StorageFaults.IsStale(e))
        {
            return false;
        }
    }

    private static List<StoredRequest> Read(CustomerId customer, List<TableEntity> rows) =>
    [
        .. from row in rows
           where row.RowKey.Count(c => c == '|') == 1
           let number = row.RowKey[ServiceRequestKeys.First.Length..]
           let prefix = ServiceRequestKeys.Messages(number)
           let messages = rows.Where(other => other.RowKey.StartsWith(prefix, StringComparison.Ordinal)).Select(ReadMessage).ToArray()
           orderby row.GetInt64("CreatedAt") descending, number
           select new StoredRequest(
               new ServiceRequest(
                   number, customer, Enum.Parse<ServiceRequestKind>(row.GetString("Kind")!), row.GetString("Details")!,
                   Instant.FromUnixTimeMilliseconds(row.GetInt64("CreatedAt")!.Value), Enum.Parse<ServiceRequestState>(row.GetString("State")!), row.GetString("Assignee"),
                   row.GetString("AnswerBy") is { } date ? LocalDatePattern.Iso.Parse(date).Value : null,
                   row.GetInt64("EscalatedAt") is { } moment ? Instant.FromUnixTimeMilliseconds(moment) : null,
                   [.. messages.Select(message => message.Message)]),
               messages, row.GetString("RequestHash")!, row.GetBoolean("Confirmed") == true, row.ETag),
    ];

    private static StoredMessage ReadMessage(TableEntity row) => new(
        row.RowKey,
        new BankMessage(row.GetString("Officer")!, row.GetString("Text")!, Enum.Parse<ServiceRequestState>(row.GetString("NewState")!), Instant.FromUnixTimeTicks(row.GetInt64("At")!.Value)),
        row.GetString("OldState")!, row.GetString("Origin"), row.GetBoolean("Told") == true);
}

/// <param name="IsConfirmed">The customer was told that it has arrived.</param>
internal sealed record StoredRequest(ServiceRequest Request, IReadOnlyList<StoredMessage> Messages, string RequestHash, bool IsConfirmed, ETag ETag);

/// <param name="IsTold">It is in the audit trail, and the customer's push is in the outbox.</param>
internal sealed record StoredMessage(string Row, BankMessage Message, string OldState, string? Origin, bool IsTold);

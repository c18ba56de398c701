using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.MoneyRequests;

/// <summary>A request as read or written, with what guards its next change.</summary>
internal sealed record StoredRequest(MoneyRequest It, ETag ETag);

/// <summary>How many requests a customer has sent on a day.</summary>
internal sealed record SentLimits(LocalDate Day, int Count, ETag? ETag);

/// <summary>Everything that one order creates.</summary>
/// <param name="SplitMark">Row key that keeps a transaction from being split among the same people twice.</param>
internal sealed record NewRequests(CustomerId Requester, IdempotencyKey Key, string RequestHash, Guid Subject, IReadOnlyList<MoneyRequest> Requests, Split? Split, string? SplitMark);

internal sealed record DuePointer(string Partition, string Row, CustomerId Requester, MoneyRequestId Request);

internal sealed record StoredDuePointer(DuePointer It, DateTimeOffset? WrittenAt, ETag ETag);

/// <summary>Requests and splits in storage, and the index of what the bank does with them by the clock.</summary>
internal sealed class MoneyRequestTable(BankTables tables, TimeProvider time)
{
    private const string Json = "Json";
    private const string Requester = "Requester";

    private readonly TableClient table = tables.Open(MoneyRequestKeys.Table);
    private readonly TableClient due = tables.Open(DueRequestKeys.Table);

    public async Task<StoredRequest?> FindAsync(CustomerId requester, MoneyRequestId id, CancellationToken cancellation) =>
        await FindRowAsync(requester, MoneyRequestKeys.Request(id), cancellation) is { } row ? Read(row) : null;

    /// <summary>A request by whoever may see it: two reads at once, and one more for the payer.</summary>
    public async Task<(StoredRequest Request, RequestDirection Direction)?> FindForAsync(CustomerId customer, MoneyRequestId id, CancellationToken cancellation)
    {
        var received = FindRowAsync(customer, MoneyRequestKeys.Received(id), cancellation);
        var sent = await FindAsync(customer, id, cancellation);
        var pointer = await received;
        if (sent is not null)
            return (sent, RequestDirection.Sent);
        if (pointer is null)
            return null;
        var found = await FindAsync(CustomerId.Of(pointer.GetString(Requester)!), id, cancellation);
        return found is { It.IsWithheld: false } ? (found, RequestDirection.Received) : null;
    }

    /// <summary>Newest first. One query, and a read per request.</summary>
    /// <param name="wanted">What else the list is filtered by; pages may be shorter than asked for.</param>
    public async Task<Page<(MoneyRequest Request, RequestDirection Direction)>> ListAsync(
        CustomerId customer, RequestDirection? direction, Func<MoneyRequest, bool> wanted, PageRequest page, CancellationToken cancellation)
    {
        var partition = MoneyRequestKeys.Partition(customer);
        var after = page.After ?? MoneyRequestKeys.FirstListed;
        var filter = direction is { } one
            ? TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {MoneyRequestKeys.AfterListed} and Direction eq {one.ToString()}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {MoneyRequestKeys.AfterListed}");
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count > page.Limit)
                break;
        }

        var shown = rows.Take(page.Limit).ToArray();
        var requests = await Task.WhenAll(shown.Select(row =>
            FindAsync(CustomerId.Of(row.GetString(Requester)!), new MoneyRequestId(row.GetGuid("Id")!.Value), cancellation)));
        var items = shown.Zip(requests)
            .Where(pair => pair.Second is not null)
            .Select(pair => (pair.Second!.It, Enum.Parse<RequestDirection>(pair.First.GetString("Direction")!)))
            .Where(pair => wanted(pair.It) && (pair.Item2 == RequestDirection.Sent || !pair.It.IsWithheld));
        return new Page<(MoneyRequest, RequestDirection)>([.. items], rows.Count > page.Limit ? shown[^1].RowKey : null);
    }

    /// <summary>How many of the requester's requests to the payer are open, as the rows beside them say.</summary>
    public async Task<int> CountOpenToAsync(CustomerId requester, CustomerId payer, CancellationToken cancellation)
    {
        var first = MoneyRequestKeys.OpenTo(payer);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {MoneyRequestKeys.Partition(requester)} and RowKey ge {first} and RowKey lt {first + "~"}");
        var count = 0;
        await foreach (var _ in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            count++;
        return count;
    }

    /// <summary>How many requests the payer can answer now. Rows of ended ones, left by a killed process, are dropped on the way.</summary>
    public async Task<int> CountReceivedAsync(CustomerId payer, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {MoneyRequestKeys.Partition(payer)} and RowKey ge {MoneyRequestKeys.FirstOpenReceived} and RowKey lt {MoneyRequestKeys.AfterOpenReceived}");
        var count = 0;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var id = new MoneyRequestId(row.GetGuid("Id")!.Value);
            if (await FindAsync(CustomerId.Of(row.GetString(Requester)!), id, cancellation) is { It: { State: MoneyRequestState.Open, IsWithheld: false } })
                count++;
            else
                await DropAsync(row.PartitionKey, row.RowKey, cancellation);
        }

        return count;
    }

    public async Task<SentLimits> ReadLimitsAsync(CustomerId requester, LocalDate today, CancellationToken cancellation)
    {
        if (await FindRowAsync(requester, MoneyRequestKeys.Limits, cancellation) is not { } row)
            return new SentLimits(today, 0, null);
        var isToday = row.GetString("Day") == Write(today);
        return new SentLimits(today, isToday ? row.GetInt32("Count") ?? 0 : 0, row.ETag);
    }

    /// <returns>What the key created and the hash of that order; null for a new key.</returns>
    public async Task<(Guid Subject, string RequestHash)?> FindByKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation) =>
        await FindRowAsync(customer, MoneyRequestKeys.Key(customer, key), cancellation) is { } row ? (row.GetGuid("Subject")!.Value, row.GetString("RequestHash")!) : null;

    /// <summary>Keeps what a key was used for, for orders that create nothing in the caller's partition.</summary>
    /// <returns>False when the key was used for something else before.</returns>
    public async Task<bool> TakeKeyAsync(CustomerId customer, IdempotencyKey key, string requestHash, Guid subject, CancellationToken cancellation)
    {
        if (await FindByKeyAsync(customer, key, cancellation) is { } earlier)
            return earlier.RequestHash == requestHash;
        try
        {
            await table.AddEntityAsync(KeyRow(customer, key, requestHash, subject), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return (await FindByKeyAsync(customer, key, cancellation))?.RequestHash == requestHash;
        }
    }

    /// <summary>Creates all requests of an order together or none (REQ-13). Their pointers first, so that none is ever forgotten.</summary>
    /// <returns>False when the key, the quote or the split was used before, or the requester sent others meanwhile: nothing was written but pointers.</returns>
    public async Task<bool> AddAsync(NewRequests order, SentLimits limits, CancellationToken cancellation)
    {
        await Task.WhenAll(order.Requests.SelectMany(PointersOf).Select(pointer => PointAsync(pointer, cancellation)));
        var sent = new TableEntity(MoneyRequestKeys.Partition(order.Requester), MoneyRequestKeys.Limits)
        {
            ["Day"] = Write(limits.Day),
            ["Count"] = limits.Count + order.Requests.Count,
        };
        List<TableTransactionAction> rows =
        [
            limits.ETag is { } etag ? new(TableTransactionActionType.UpdateReplace, sent, etag) : Add(sent),
            Add(KeyRow(order.Requester, order.Key, order.RequestHash, order.Subject)),
        ];
        foreach (var it in order.Requests)
        {
            rows.Add(Add(Row(it)));
            rows.Add(Add(PointerTo(it, it.Requester.Customer, MoneyRequestKeys.Listed(it.CreatedAt, it.Id), RequestDirection.Sent)));
            rows.Add(Add(PointerTo(it, it.Requester.Customer, MoneyRequestKeys.OpenTo(it.Payer.Customer, it.Id), RequestDirection.Sent)));
        }

        if (order.Split is { } split)
        {
            rows.Add(Add(new TableEntity(MoneyRequestKeys.Partition(split.Requester), MoneyRequestKeys.Split(split.Id)) { [Json] = StoredJson.Write(split) }));
            rows.Add(Add(new TableEntity(MoneyRequestKeys.Partition(split.Requester), order.SplitMark!) { ["Id"] = split.Id.Value }));
        }

        return await SubmitAsync(rows, cancellation);
    }

    /// <summary>Replaces a request, and its pointers when what comes next has changed.</summary>
    /// <returns>As it is now; null when it has changed since it was read.</returns>
    public async Task<StoredRequest?> ChangeAsync(StoredRequest from, MoneyRequest to, CancellationToken cancellation)
    {
        // The new pointers first: after a crash there are too many, of which some lead nowhere. Too few would mean a request forgotten.
        // The old ones as they were before: whoever points there anew, because of a change that follows this one, keeps their pointer.
        var (before, after) = (PointersOf(from.It).ToArray(), PointersOf(to).ToArray());
        var old = await Task.WhenAll(before.Except(after).Select(pointer => FindPointerAsync(pointer, cancellation)));
        await Task.WhenAll(after.Except(before).Select(pointer => PointAsync(pointer, cancellation)));
        List<TableTransactionAction> rows = [new(TableTransactionActionType.UpdateReplace, Row(to), from.ETag)];
        var ends = from.It.State == MoneyRequestState.Open && to.State != MoneyRequestState.Open;
        if (ends)
        {
            rows.Add(new(TableTransactionActionType.Delete,
                new TableEntity(MoneyRequestKeys.Partition(to.Requester.Customer), MoneyRequestKeys.OpenTo(to.Payer.Customer, to.Id)), ETag.All));
        }

        ETag written;
        try
        {
            var answers = await table.SubmitTransactionAsync(rows, cancellation);
            written = answers.Value[0].Headers.ETag ?? default;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }

        foreach (var pointer in old)
        {
            if (pointer is not null)
                await DropPointerAsync(pointer, cancellation);
        }

        if (ends)
            await DropAsync(MoneyRequestKeys.Partition(to.Payer.Customer), MoneyRequestKeys.OpenReceived(to.Id), cancellation);
        return new StoredRequest(to, written);
    }

    /// <summary>Puts a request into the payer's list. May be repeated.</summary>
    public Task DeliverAsync(MoneyRequest it, CancellationToken cancellation) => table.SubmitTransactionAsync(
        [
            Upsert(PointerTo(it, it.Payer.Customer, MoneyRequestKeys.Received(it.Id), RequestDirection.Received)),
            Upsert(PointerTo(it, it.Payer.Customer, MoneyRequestKeys.Listed(it.CreatedAt, it.Id), RequestDirection.Received)),
            Upsert(PointerTo(it, it.Payer.Customer, MoneyRequestKeys.OpenReceived(it.Id), RequestDirection.Received)),
        ],
        cancellation);

    public async Task<Split?> FindSplitAsync(CustomerId requester, SplitId id, CancellationToken cancellation) =>
        await FindRowAsync(requester, MoneyRequestKeys.Split(id), cancellation) is { } row ? StoredJson.Read<Split>(row.GetString(Json)!) : null;

    /// <returns>The split that holds this mark; null while nobody made it.</returns>
    public async Task<SplitId?> FindSplitMarkAsync(CustomerId requester, string mark, CancellationToken cancellation) =>
        await FindRowAsync(requester, mark, cancellation) is { } row ? new SplitId(row.GetGuid("Id")!.Value) : null;

    /// <summary>The transactions of an account that were split at least once; one query.</summary>
    public async Task<IReadOnlySet<Guid>> ListSplitTransactionsAsync(CustomerId requester, Ledger.AccountId account, CancellationToken cancellation)
    {
        var first = MoneyRequestKeys.SplitsOf(account);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {MoneyRequestKeys.Partition(requester)} and RowKey ge {first} and RowKey lt {first + "~"}");
        var all = new HashSet<Guid>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            all.Add(Guid.ParseExact(row.RowKey.AsSpan(first.Length, 32), "N"));
        return all;
    }

    /// <summary>Pointers to requests with a step due by now, in no order.</summary>
    public async IAsyncEnumerable<DuePointer> DueAsync(Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var partition in DueRequestKeys.Partitions)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {DueRequestKeys.After(now)}");
            await foreach (var row in due.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                yield return new DuePointer(row.PartitionKey, row.RowKey, CustomerId.Of(row.GetString(Requester)!), new MoneyRequestId(row.GetGuid("Id")!.Value));
        }
    }

    public async Task<StoredDuePointer?> FindPointerAsync(DuePointer pointer, CancellationToken cancellation)
    {
        var row = await due.GetEntityIfExistsAsync<TableEntity>(pointer.Partition, pointer.Row, cancellationToken: cancellation);
        return row.HasValue ? new StoredDuePointer(pointer, row.Value!.GetDateTimeOffset("WrittenAt"), row.Value!.ETag) : null;
    }

    /// <summary>Nothing when it was written anew since it was read.</summary>
    public async Task DropPointerAsync(StoredDuePointer pointer, CancellationToken cancellation)
    {
        // False: somebody points there again, or has dropped it.
        await due.TryDeleteAsync(pointer.It.Partition, pointer.It.Row, pointer.ETag, cancellation);
    }

    /// <summary>Where the bank looks for what it does next with a request: the step, and the payment that may have been killed.</summary>
    public IEnumerable<DuePointer> PointersOf(MoneyRequest it)
    {
        if (it.Next is { } next)
            yield return Pointer(it, next.At);
        if (it is { State: MoneyRequestState.Open, Payment: { } payment })
            yield return Pointer(it, SweepAt(payment));
    }

    public static Instant SweepAt(RequestPayment payment) => payment.StartedAt + SweepAfter;

    /// <summary>Longer than a payment takes; the request that pays is alive until then.</summary>
    private static readonly Duration SweepAfter = Duration.FromMinutes(2);

    private static DuePointer Pointer(MoneyRequest it, Instant at) =>
        new(DueRequestKeys.Partition(it.Id), DueRequestKeys.Row(at, it.Id), it.Requester.Customer, it.Id);

    private Task PointAsync(DuePointer pointer, CancellationToken cancellation)
    {
        var row = new TableEntity(pointer.Partition, pointer.Row)
        {
            [Requester] = pointer.Requester.Value,
            ["Id"] = pointer.Request.Value,
            ["WrittenAt"] = time.GetUtcNow(),
        };
        return due.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private async Task DropAsync(string partition, string row, CancellationToken cancellation)
    {
        // False: dropped by somebody else, or never written.
        await table.TryDeleteAsync(partition, row, ETag.All, cancellation);
    }

    private async Task<TableEntity?> FindRowAsync(CustomerId customer, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(MoneyRequestKeys.Partition(customer), row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private Task<bool> SubmitAsync(IReadOnlyList<TableTransactionAction> rows, CancellationToken cancellation) =>
        table.TrySubmitAsync(rows, cancellation);

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableTransactionAction Upsert(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    private static StoredRequest Read(TableEntity row) => new(StoredJson.Read<MoneyRequest>(row.GetString(Json)!), row.ETag);

    private static TableEntity Row(MoneyRequest it) =>
        new(MoneyRequestKeys.Partition(it.Requester.Customer), MoneyRequestKeys.Request(it.Id)) { [Json] = StoredJson.Write(it) };

    private static TableEntity PointerTo(MoneyRequest it, CustomerId owner, string row, RequestDirection direction) =>
        new(MoneyRequestKeys.Partition(owner), row) { [Requester] = it.Requester.Customer.Value, ["Id"] = it.Id.Value, ["Direction"] = direction.ToString() };

    private static TableEntity KeyRow(CustomerId customer, IdempotencyKey key, string requestHash, Guid subject) =>
        new(MoneyRequestKeys.Partition(customer), MoneyRequestKeys.Key(customer, key)) { ["RequestHash"] = requestHash, ["Subject"] = subject };

    private static string Write(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}

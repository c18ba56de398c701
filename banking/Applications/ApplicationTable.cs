using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Applications;

/// <summary>An application as read or written, with what guards its next change.</summary>
internal sealed record ApplicationRecord(ProductApplication It, string Row, ETag ETag);

/// <summary>
/// Table applications. Partition = customer: <c>application|…</c> newest first, and <c>open|…</c> by product, there while the application is open, in one group with it.
/// Partition <c>id</c>: whose an application's id is. Partition <c>open</c>: what is not at its end, oldest first; the sweeper's queue. Partition <c>review</c>: what is
/// with the desk, oldest first; a row is written before the application says so, and goes when it has left. Partition <c>signature</c>: which application a signature is for.
/// Partition <c>erase</c>: what came to nothing, by the moment when it is erased.
/// </summary>
internal sealed class ApplicationTable(BankTables tables)
{
    public const string Name = "applications";

    private const string Ids = "id";
    private const string Open = "open";
    private const string Review = "review";
    private const string Signatures = "signature";
    private const string Erasures = "erase";
    private const long Latest = 99_999_999_999_999;

    private TableClient Table => tables.Open(Name);

    public async Task<ApplicationRecord?> FindAsync(Guid id, CancellationToken cancellation) =>
        await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner
        && await GetAsync(owner.GetString("Customer")!, owner.GetString("Row")!, cancellation) is { } row ? From(row) : null;

    /// <summary>Order of the writes: whose the id is, the queue's row, then the application with its place. Killed in between, its repeat completes it.</summary>
    /// <returns>Null when it was added. Or the application that has the id, or why not (<see cref="ApplicationExists"/>, <see cref="ApplicationOpen"/>).</returns>
    public async Task<(ApplicationRecord? Same, Error? Error)?> AddAsync(ProductApplication it, CancellationToken cancellation)
    {
        var row = $"application|{(Latest - it.StartedAt.ToUnixTimeMilliseconds()).ToString("D14", CultureInfo.InvariantCulture)}|{it.Id:N}";
        if (!await Table.TryAddAsync(new TableEntity(Ids, it.Id.ToString("N")) { ["Customer"] = it.Customer.Value, ["Row"] = row }, cancellation))
        {
            var owner = (await GetAsync(Ids, it.Id.ToString("N"), cancellation))!;
            if (owner.GetString("Customer") != it.Customer.Value)
                return (null, await OpenOfAsync(it, cancellation) is { } mine ? mine : new ApplicationExists());
            row = owner.GetString("Row")!;
        }

        await Table.UpsertEntityAsync(new TableEntity(Open, QueueRow(it)), TableUpdateMode.Replace, cancellation);
        if (await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, ToRow(it, row)),
                new(TableTransactionActionType.Add, new TableEntity(it.Customer.Value, PlaceRow(it)) { ["Application"] = it.Id.ToString("N") }),
            ],
            cancellation))
        {
            return null;
        }

        var same = await FindAsync(it.Id, cancellation);
        if (same is null || same.It.StartedAt != it.StartedAt)
            await CloseAsync(QueueRow(it), cancellation);
        if (same is not null)
            return (same, null);
        return (null, await OpenOfAsync(it, cancellation) is { } open ? open : new ApplicationBusy());
    }

    /// <summary>What has the place that the application wants; null when it is free.</summary>
    private async Task<ApplicationOpen?> OpenOfAsync(ProductApplication it, CancellationToken cancellation) =>
        await GetAsync(it.Customer.Value, PlaceRow(it), cancellation) is { } place ? new ApplicationOpen(Guid.ParseExact(place.GetString("Application")!, "N")) : null;

    /// <summary>One write with the ETag that was read; the end of an application frees its place in the same group.</summary>
    /// <returns>Null when it has changed since it was read.</returns>
    public async Task<ApplicationRecord?> ReplaceAsync(ApplicationRecord record, ProductApplication changed, CancellationToken cancellation)
    {
        if (changed.State == ApplicationState.InReview && record.It.State != ApplicationState.InReview)
            await Table.UpsertEntityAsync(new TableEntity(Review, ReviewRow(changed)) { ["Application"] = changed.Id.ToString("N") }, TableUpdateMode.Replace, cancellation);
        List<TableTransactionAction> group = [new(TableTransactionActionType.UpdateReplace, ToRow(changed, record.Row), record.ETag)];
        if (changed.IsFinal && !record.It.IsFinal)
            group.Add(new(TableTransactionActionType.Delete, new TableEntity(changed.Customer.Value, PlaceRow(changed)), ETag.All));
        try
        {
            var answer = await Table.SubmitTransactionAsync(group, cancellation);
            return record with { It = changed, ETag = answer.Value[0].Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (Ledger.StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    /// <param name="change">From the application as it is; null leaves it. Asked again after a lost race.</param>
    public async Task<ApplicationRecord> ChangeAsync(ApplicationRecord record, Func<ProductApplication, ProductApplication?> change, CancellationToken cancellation)
    {
        while (change(record.It) is { } changed && changed != record.It)
        {
            if (await ReplaceAsync(record, changed, cancellation) is { } written)
                return written;
            record = (await FindAsync(record.It.Id, cancellation))!;
        }

        return record;
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<ProductApplication>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        List<ApplicationRecord> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {page.After ?? "application|"} and RowKey lt {"application|~"}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<ProductApplication>([.. found.Select(record => record.It)], found[^1].Row);
            found.Add(From(row));
        }

        return new Page<ProductApplication>([.. found.Select(record => record.It)], null);
    }

    /// <summary>The oldest first: key in the queue, since when, which.</summary>
    public async IAsyncEnumerable<(string Row, Instant Since, Guid Id)> OpenAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Open}"), select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return (row.RowKey, Instant.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), Guid.ParseExact(parts[1], "N"));
        }
    }

    /// <summary>What is with the desk, the oldest first. A page may have fewer items than asked for and still a next one.</summary>
    public async Task<Page<ProductApplication>> ListReviewAsync(PageRequest page, CancellationToken cancellation)
    {
        List<ProductApplication> found = [];
        string? last = null;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Review} and RowKey gt {page.After ?? ""}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<ProductApplication>(found, last);
            last = row.RowKey;
            if (await FindAsync(Guid.ParseExact(row.GetString("Application")!, "N"), cancellation) is { } record && record.It.State == ApplicationState.InReview)
                found.Add(record.It);
        }

        return new Page<ProductApplication>(found, null);
    }

    /// <summary>It is at its end, or with the desk no more: its rows in the queues go.</summary>
    public async Task LeaveQueuesAsync(ProductApplication it, CancellationToken cancellation)
    {
        if (it.State != ApplicationState.InReview && it.Timeline.Any(step => step.State == ApplicationState.InReview))
            await Table.TryDeleteAsync(Review, ReviewRow(it), ETag.All, cancellation);
        if (it.IsOver)
            await CloseAsync(QueueRow(it), cancellation);
    }

    /// <summary>Says when it is to be erased; before it leaves the sweeper's queue.</summary>
    public Task EraseAtAsync(ProductApplication it, Instant at, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(Erasures, $"{at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|{it.Id:N}"), TableUpdateMode.Replace, cancellation);

    public async IAsyncEnumerable<(string Row, Guid Id)> ErasuresAsync(Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = $"{until.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|~";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Erasures} and RowKey lt {end}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return (row.RowKey, Guid.ParseExact(row.RowKey.Split('|')[1], "N"));
    }

    /// <summary>The application first, then whose it was, last the row that names it: killed in between, the repeat finds what is left.</summary>
    public async Task EraseAsync(Guid id, string erasureRow, CancellationToken cancellation)
    {
        if (await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner)
        {
            await Table.TryDeleteAsync(owner.GetString("Customer")!, owner.GetString("Row")!, ETag.All, cancellation);
            await Table.TryDeleteAsync(Ids, id.ToString("N"), ETag.All, cancellation);
        }

        await Table.TryDeleteAsync(Erasures, erasureRow, ETag.All, cancellation);
    }

    public Task NameSignatureAsync(Guid signature, Guid application, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(Signatures, signature.ToString("N")) { ["Application"] = application.ToString("N") }, TableUpdateMode.Replace, cancellation);

    public async Task<Guid?> FindSignatureAsync(Guid signature, CancellationToken cancellation) =>
        await GetAsync(Signatures, signature.ToString("N"), cancellation) is { } row ? Guid.ParseExact(row.GetString("Application")!, "N") : null;

    public Task CloseAsync(string queueRow, CancellationToken cancellation) => Table.TryDeleteAsync(Open, queueRow, ETag.All, cancellation);

    private async Task<TableEntity?> GetAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static string PlaceRow(ProductApplication it) => $"open|{it.Product}";

    private static string QueueRow(ProductApplication it) => $"{it.StartedAt.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|{it.Id:N}";

    /// <summary>By the moment of submission, which does not change any more.</summary>
    private static string ReviewRow(ProductApplication it) => $"{it.SubmittedAt!.Value.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|{it.Id:N}";

    private static TableEntity ToRow(ProductApplication it, string row) => new(it.Customer.Value, row) { ["Application"] = StoredJson.Write(it) };

    private static ApplicationRecord From(TableEntity row) => new(StoredJson.Read<ProductApplication>(row.GetString("Application")!), row.RowKey, row.ETag);
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

/// <summary>A request as read or written, with what guards its next change.</summary>
internal sealed record RateRequestRecord(RateRequest It, string QuoteHash, string Row, ETag ETag);

/// <summary>
/// Table fxrequests. Partition = customer: <c>request|…</c> newest first, and <c>open|…</c> by currencies and direction, there while the request is open, in one group
/// with it. Partition <c>id</c>: whose a request's id is. Partition <c>open</c>: what is not at its end, oldest first; the treasury's queue and the sweeper's.
/// </summary>
internal sealed class RateRequestTable(BankTables tables)
{
    public const string Name = "fxrequests";

    private const string Ids = "id";
    private const string Open = "open";
    private const long Latest = 99_999_999_999_999;

    private TableClient Table => tables.Open(Name);

    public async Task<RateRequestRecord?> FindAsync(Guid id, CancellationToken cancellation) =>
        await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner ? await FindAsync(owner, cancellation) : null;

    /// <summary>Order of the writes: whose the id is, the queue's row, then the request with its place. Killed in between, its repeat completes it.</summary>
    /// <returns>Null when it was added. Or the request that has the id; a record without it stands in the way (<see cref="RateRequestExists"/>, <see cref="RateRequestOpen"/>).</returns>
    public async Task<(RateRequestRecord? Same, Error? Error)?> AddAsync(RateRequest it, string quoteHash, CancellationToken cancellation)
    {
        var row = $"request|{Reversed(it.AskedAt)}|{it.Id:N}";
        if (!await Table.TryAddAsync(new TableEntity(Ids, it.Id.ToString("N")) { ["Customer"] = it.Customer.Value, ["Row"] = row }, cancellation))
        {
            var owner = (await GetAsync(Ids, it.Id.ToString("N"), cancellation))!;
            if (owner.GetString("Customer") != it.Customer.Value)
                return (null, new RateRequestExists());
            row = owner.GetString("Row")!;
        }

        await Table.UpsertEntityAsync(new TableEntity(Open, OpenRow(it)), TableUpdateMode.Replace, cancellation);
        var isAdded = await Table.TryAddAllAsync(
            [
                new(TableTransactionActionType.Add, ToRow(it, quoteHash, row)),
                new(TableTransactionActionType.Add, new TableEntity(it.Customer.Value, PlaceRow(it)) { ["Row"] = row }),
            ],
            cancellation);
        if (isAdded)
            return null;
        var same = await FindAsync(it.Id, cancellation);
        if (same is null || same.It.AskedAt != it.AskedAt)
            await RemoveAsync(OpenRow(it), cancellation);
        if (same is not null)
            return (same, null);
        return await GetAsync(it.Customer.Value, PlaceRow(it), cancellation) is { } place
            ? (null, new RateRequestOpen(Guid.ParseExact(place.GetString("Row")!.Split('|')[2], "N")))
            : (null, new RateRequestBusy());
    }

    /// <summary>One write with the ETag that was read; the end of a request frees its place in the same group.</summary>
    /// <returns>Null when it has changed since it was read.</returns>
    public async Task<RateRequestRecord?> ReplaceAsync(RateRequestRecord record, RateRequest changed, CancellationToken cancellation)
    {
        List<TableTransactionAction> group = [new(TableTransactionActionType.UpdateReplace, ToRow(changed, record.QuoteHash, record.Row), record.ETag)];
        if (changed.IsFinal && !record.It.IsFinal)
            group.Add(new(TableTransactionActionType.Delete, new TableEntity(changed.Customer.Value, PlaceRow(changed)), ETag.All));
        try
        {
            var answer = await Table.SubmitTransactionAsync(group, cancellation);
            return record with { It = changed, ETag = answer.Value[0].Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    /// <param name="change">From the request as it is; null leaves it. Asked again after a lost race.</param>
    public async Task<RateRequestRecord> ChangeAsync(RateRequestRecord record, Func<RateRequest, RateRequest?> change, CancellationToken cancellation)
    {
        while (change(record.It) is { } changed)
        {
            if (await ReplaceAsync(record, changed, cancellation) is { } written)
                return written;
            record = (await FindAsync(record.It.Id, cancellation))!;
        }

        return record;
    }

    public async Task<Page<RateRequest>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        List<RateRequestRecord> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {page.After ?? "request|"} and RowKey lt {"request|~"}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<RateRequest>([.. found.Select(record => record.It)], found[^1].Row);
            found.Add(From(row));
        }

        return new Page<RateRequest>([.. found.Select(record => record.It)], null);
    }

    /// <summary>A customer's open ones.</summary>
    public async Task<IReadOnlyList<RateRequest>> ListOpenAsync(CustomerId customer, CancellationToken cancellation)
    {
        List<RateRequest> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {"open|"} and RowKey lt {"open|~"}");
        await foreach (var place in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (await GetAsync(customer.Value, place.GetString("Row")!, cancellation) is { } row)
                found.Add(From(row).It);
        }

        return found;
    }

    /// <summary>The oldest first: key in the queue, since when, which.</summary>
    public async IAsyncEnumerable<(string Row, Instant Since, Guid Id)> OpenAsync(string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Open} and RowKey gt {after}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return (
                row.RowKey, Instant.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), Guid.ParseExact(parts[1], "N"));
        }
    }

    public Task CloseAsync(RateRequest it, CancellationToken cancellation) => RemoveAsync(OpenRow(it), cancellation);

    public Task RemoveAsync(string openRow, CancellationToken cancellation) => Table.TryDeleteAsync(Open, openRow, ETag.All, cancellation);

    private async Task<RateRequestRecord?> FindAsync(TableEntity owner, CancellationToken cancellation) =>
        await GetAsync(owner.GetString("Customer")!, owner.GetString("Row")!, cancellation) is { } row ? From(row) : null;

    private async Task<TableEntity?> GetAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static string PlaceRow(RateRequest it) => $"open|{it.Operation.Code()}|{it.Amount.Currency.Code}|{it.Other.Code}";

    private static string OpenRow(RateRequest it) => $"{it.AskedAt.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|{it.Id:N}";

    private static string Reversed(Instant moment) => (Latest - moment.ToUnixTimeMilliseconds()).ToString("D14", CultureInfo.InvariantCulture);

    private static TableEntity ToRow(RateRequest it, string quoteHash, string row) => new(it.Customer.Value, row)
    {
        ["Request"] = StoredJson.Write(it),
        ["QuoteHash"] = quoteHash,
    };

    private static RateRequestRecord From(TableEntity row) => new(
        StoredJson.Read<RateRequest>(row.GetString("Request")!), row.GetString("QuoteHash")!, row.RowKey, row.ETag);
}

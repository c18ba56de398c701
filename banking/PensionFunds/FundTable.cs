using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.PensionFunds;

internal sealed record StoredFund(PrivateFund It, ETag ETag);

/// <summary>What an idempotency key, or a quote, was used for.</summary>
internal sealed record UsedKey(string RequestHash, Guid Fund);

internal sealed record ContributionPointer(string Partition, string Row, CustomerId Customer, Guid Fund);

internal sealed record StoredContributionPointer(ContributionPointer It, DateTimeOffset? WrittenAt, ETag ETag);

/// <summary>
/// Table PensionFunds. Partition = customer: <c>fund|…</c>, <c>contribution|fund|…</c>, and <c>used|…</c> by key and by quote, there once what they ordered is. Partition <c>id</c>: whose a fund's id
/// is. Partition <c>open</c>: applications that are not at their end, oldest first; the sweeper's queue. Partition <c>desk</c>: what the back office was told of; a row is written before the fund says so,
/// and goes when it has left. Partition <c>erase</c>: what came to nothing, by the moment when it is erased. Table PensionFundsDue: a pointer for each coming collection, sharded, by the moment it is due.
/// </summary>
internal sealed class FundTable(BankTables tables, TimeProvider time)
{
    public const string Name = "PensionFunds";
    public const string DueName = "PensionFundsDue";

    private const string Ids = "id";
    private const string Open = "open";
    private const string Desk = "desk";
    private const string Erasures = "erase";
    private const string Json = "Json";
    private const int Shards = 4;

    private TableClient Table => tables.Open(Name);

    private TableClient Due => tables.Open(DueName);

    public async Task<StoredFund?> FindAsync(Guid id, CancellationToken cancellation) =>
        await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner ? await FindAsync(CustomerId.Of(owner.GetString("Customer")!), id, cancellation) : null;

    /// <returns>Null also for somebody else's.</returns>
    public async Task<StoredFund?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await GetAsync(customer.Value, FundRow(id), cancellation) is { } row ? From(row) : null;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<PrivateFund>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        List<PrivateFund> all = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {"fund|"} and RowKey lt {"fund}"}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            all.Add(From(row).It);
        return [.. all.OrderByDescending(it => it.StartedAt).ThenBy(it => it.Id)];
    }

    /// <summary>Order of the writes: whose the id is, the queue's row, then the fund. Killed in between, its repeat completes it.</summary>
    /// <returns>The fund, also when it was there. Or <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<PrivateFund>> AddAsync(PrivateFund it, string requestHash, CancellationToken cancellation)
    {
        var owner = new TableEntity(Ids, it.Id.ToString("N")) { ["Customer"] = it.Customer.Value, ["RequestHash"] = requestHash };
        if (!await Table.TryAddAsync(owner, cancellation) && (await GetAsync(Ids, it.Id.ToString("N"), cancellation))!.GetString("RequestHash") != requestHash)
            return new IdempotencyKeyReused();
        if (await FindAsync(it.Customer, it.Id, cancellation) is { } known)
            return known.It;
        await Table.UpsertEntityAsync(new TableEntity(Open, QueueRow(it)), TableUpdateMode.Replace, cancellation);
        if (await Table.TryAddAsync(ToRow(it), cancellation))
            return it;
        var same = (await FindAsync(it.Customer, it.Id, cancellation))!.It;
        if (same.StartedAt != it.StartedAt)
            await CloseAsync(QueueRow(it), cancellation);
        return same;
    }

    /// <summary>Replaces a fund and the pointer to its next collection.</summary>
    /// <param name="used">Keys that are used up by it: written in the same group.</param>
    /// <returns>As it is now; null when it has changed since it was read, or one of the keys was used before.</returns>
    public async Task<StoredFund?> ReplaceAsync(StoredFund from, PrivateFund to, CancellationToken cancellation, params IReadOnlyList<(string Row, UsedKey Key)> used)
    {
        // The new pointer first: after a crash there are two, of which one leads nowhere. None would mean a fund forgotten.
        // The old one as it was before: whoever points there anew, because of a change that follows this one, keeps their pointer.
        var moves = from.It.Authorisation?.Next?.At != to.Authorisation?.Next?.At;
        var old = moves && PointerOf(from.It) is { } pointer ? await FindPointerAsync(pointer, cancellation) : null;
        if (moves && PointerOf(to) is { } next)
        {
            var row = new TableEntity(next.Partition, next.Row) { ["Customer"] = to.Customer.Value, ["Fund"] = to.Id, ["WrittenAt"] = time.GetUtcNow() };
            await Due.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        }

        ETag written;
        try
        {
            List<TableTransactionAction> group = [new(TableTransactionActionType.UpdateReplace, ToRow(to), from.ETag)];
            group.AddRange(used.Select(one => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity(to.Customer.Value, one.Row) { ["RequestHash"] = one.Key.RequestHash, ["Fund"] = one.Key.Fund })));
            written = (await Table.SubmitTransactionAsync(group, cancellation)).Value[0].Headers.ETag ?? default;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }

        if (old is not null)
            await DropPointerAsync(old, cancellation);
        return new StoredFund(to, written);
    }

    /// <param name="change">From the fund as it is; null leaves it. Asked again after a lost race.</param>
    public async Task<StoredFund> ChangeAsync(StoredFund stored, Func<PrivateFund, PrivateFund?> change, CancellationToken cancellation)
    {
        while (change(stored.It) is { } changed && changed != stored.It)
        {
            if (await ReplaceAsync(stored, changed, cancellation) is { } written)
                return written;
            stored = (await FindAsync(stored.It.Customer, stored.It.Id, cancellation))!;
        }

        return stored;
    }

    public async Task<UsedKey?> FindUsedAsync(CustomerId customer, string row, CancellationToken cancellation) =>
        await GetAsync(customer.Value, row, cancellation) is { } used ? new UsedKey(used.GetString("RequestHash")!, used.GetGuid("Fund")!.Value) : null;

    /// <returns>False when the key was used for another request.</returns>
    public async Task<bool> TakeKeyAsync(CustomerId customer, string row, UsedKey key, CancellationToken cancellation) =>
        await Table.TryAddAsync(new TableEntity(customer.Value, row) { ["RequestHash"] = key.RequestHash, ["Fund"] = key.Fund }, cancellation)
        || await FindUsedAsync(customer, row, cancellation) == key;

    /// <summary>What is known of a contribution, in any order: what the bank says and what the company says are columns of their own.</summary>
    public Task NoteAsync(CustomerId customer, Guid fund, Guid contribution, IReadOnlyDictionary<string, object> columns, CancellationToken cancellation)
    {
        var row = new TableEntity(customer.Value, $"{ContributionRows(fund)}{contribution:N}");
        foreach (var (name, value) in columns)
            row[name] = value;
        return Table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<FundContribution>> ContributionsAsync(CustomerId customer, Guid fund, CancellationToken cancellation)
    {
        List<FundContribution> all = [];
        var rows = ContributionRows(fund);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {rows} and RowKey lt {rows + "~"}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (FundContribution.Find(row) is { } contribution)
                all.Add(contribution);
        }

        return [.. all.OrderByDescending(one => one.PaidAt).ThenBy(one => one.Id)];
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

    public Task CloseAsync(string queueRow, CancellationToken cancellation) => Table.TryDeleteAsync(Open, queueRow, ETag.All, cancellation);

    public Task EnterDeskAsync(PrivateFund it, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Desk, DeskRow(it)) { ["Fund"] = it.Id }, TableUpdateMode.Replace, cancellation);

    /// <summary>What the back office was told of, the oldest first. A page may have fewer items than asked for and still a next one.</summary>
    public async Task<Page<PrivateFund>> ListDeskAsync(PageRequest page, CancellationToken cancellation)
    {
        List<PrivateFund> found = [];
        string? last = null;
        var read = 0;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Desk} and RowKey gt {page.After ?? ""}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            if (read++ == page.Limit)
                return new Page<PrivateFund>(found, last);
            last = row.RowKey;
            if (await FindAsync(row.GetGuid("Fund")!.Value, cancellation) is { It: { AlertedAt: not null, State: FundState.Submitted } it })
                found.Add(it);
        }

        return new Page<PrivateFund>(found, null);
    }

    /// <summary>It is at its end, or with the back office no more: its rows in the queues go.</summary>
    public async Task LeaveQueuesAsync(PrivateFund it, CancellationToken cancellation)
    {
        if (it.AlertedAt is not null && it.State != FundState.Submitted)
            await Table.TryDeleteAsync(Desk, DeskRow(it), ETag.All, cancellation);
        if (it.IsOver)
            await CloseAsync(QueueRow(it), cancellation);
    }

    /// <summary>Says when it is to be erased; before it leaves the sweeper's queue.</summary>
    public Task EraseAtAsync(PrivateFund it, Instant at, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(Erasures, $"{Milliseconds(at)}|{it.Id:N}"), TableUpdateMode.Replace, cancellation);

    public async IAsyncEnumerable<(string Row, Guid Id)> ErasuresAsync(Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = $"{Milliseconds(until)}|~";
        await foreach (var row in Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Erasures} and RowKey lt {end}"), select: ["RowKey"], cancellationToken: cancellation))
            yield return (row.RowKey, Guid.ParseExact(row.RowKey.Split('|')[1], "N"));
    }

    /// <summary>The application first, then whose it was, last the row that names it: killed in between, the repeat finds what is left.</summary>
    public async Task EraseAsync(Guid id, string erasureRow, CancellationToken cancellation)
    {
        if (await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner)
        {
            await Table.TryDeleteAsync(owner.GetString("Customer")!, FundRow(id), ETag.All, cancellation);
            await Table.TryDeleteAsync(Ids, id.ToString("N"), ETag.All, cancellation);
        }

        await Table.TryDeleteAsync(Erasures, erasureRow, ETag.All, cancellation);
    }

    /// <summary>Pointers to collections due by now, in no order.</summary>
    public async IAsyncEnumerable<ContributionPointer> DueAsync(Instant now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            var (partition, end) = (Shard(shard), $"{now.ToUnixTimeSeconds() + 1:D11}|");
            await foreach (var row in Due.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {end}"), cancellationToken: cancellation))
                yield return new ContributionPointer(row.PartitionKey, row.RowKey, CustomerId.Of(row.GetString("Customer")!), row.GetGuid("Fund")!.Value);
        }
    }

    public async Task<StoredContributionPointer?> FindPointerAsync(ContributionPointer pointer, CancellationToken cancellation)
    {
        var row = await Due.GetEntityIfExistsAsync<TableEntity>(pointer.Partition, pointer.Row, cancellationToken: cancellation);
        return row.HasValue ? new StoredContributionPointer(pointer, row.Value!.GetDateTimeOffset("WrittenAt"), row.Value!.ETag) : null;
    }

    /// <summary>Nothing when it was written anew since it was read.</summary>
    public Task DropPointerAsync(StoredContributionPointer pointer, CancellationToken cancellation) =>
        Due.TryDeleteAsync(pointer.It.Partition, pointer.It.Row, pointer.ETag, cancellation);

    public static ContributionPointer? PointerOf(PrivateFund it) => it.Authorisation?.Next is { } next
        ? new ContributionPointer(Shard(it.Id.ToByteArray()[0] % Shards), $"{next.At.ToUnixTimeSeconds():D11}|{it.Id:N}", it.Customer, it.Id)
        : null;

    public static string KeyRow(CustomerId customer, IdempotencyKey key) => $"used|key|{StableGuid.Of("pension_fund_key", customer.Value, key.Value):N}";

    public static string QuoteRow(Guid quote) => $"used|quote|{quote:N}";

    private async Task<TableEntity?> GetAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static string FundRow(Guid id) => $"fund|{id:N}";

    private static string ContributionRows(Guid fund) => $"contribution|{fund:N}|";

    private static string Shard(int shard) => $"due|{shard:D2}";

    private static string QueueRow(PrivateFund it) => $"{Milliseconds(it.StartedAt)}|{it.Id:N}";

    /// <summary>By the moment of submission, which does not change any more.</summary>
    private static string DeskRow(PrivateFund it) => $"{Milliseconds(it.SubmittedAt!.Value)}|{it.Id:N}";

    private static string Milliseconds(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    private static TableEntity ToRow(PrivateFund it) => new(it.Customer.Value, FundRow(it.Id)) { [Json] = StoredJson.Write(it) };

    private static StoredFund From(TableEntity row) => new(StoredJson.Read<PrivateFund>(row.GetString(Json)!), row.ETag);
}

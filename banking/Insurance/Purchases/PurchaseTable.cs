using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Insurance;

/// <summary>A purchase as read or written, with what guards its next change.</summary>
internal sealed record PurchaseRecord(PolicyPurchase It, string Row, ETag ETag);

/// <param name="Row">In the queue.</param>
internal sealed record OpenPurchase(Guid Id, CustomerId Customer, AccountId From, Currency Currency, Instant Since, string Row);

/// <summary>
/// Table <c>InsurancePolicies</c>. Partition = customer: <c>policy|…</c> newest first; <c>key|…</c>: what an idempotency key was used for. Partition <c>id</c>: whose purchase an id is and
/// in which row. Partition <c>open</c>: purchases that are not at their end, oldest first; the sweeper's queue, written before anything is held.
/// </summary>
internal sealed class PurchaseTable(BankTables tables)
{
    public const string Name = "InsurancePolicies";

    private const string Ids = "id";
    private const string Open = "open";
    private const string Prefix = "policy|";
    private const long Latest = 99_999_999_999_999;

    private TableClient Table => tables.Open(Name);

    public async Task<PurchaseRecord?> FindAsync(Guid id, CancellationToken cancellation) =>
        await GetAsync(Ids, id.ToString("N"), cancellation) is { } owner && owner.GetString("Row") is { } row
        && await GetAsync(owner.GetString("Customer")!, row, cancellation) is { } found ? From(found) : null;

    /// <summary>Says once and for all which body a key was used for.</summary>
    /// <returns>False when it was used for another.</returns>
    public async Task<bool> ClaimKeyAsync(CustomerId customer, string key, string requestHash, CancellationToken cancellation)
    {
        var row = new TableEntity(customer.Value, $"key|{StableGuid.Of("key", key):N}") { ["RequestHash"] = requestHash };
        if (await Table.TryAddAsync(row, cancellation))
            return true;
        return (await GetAsync(row.PartitionKey, row.RowKey, cancellation))?.GetString("RequestHash") == requestHash;
    }

    /// <summary>Whose the id is and since when, and that it is open; before its money is held.</summary>
    /// <returns>The moment that counts: that of the first try.</returns>
    public async Task<Instant> BeginAsync(Guid id, CustomerId customer, AccountId from, Currency currency, Instant now, CancellationToken cancellation)
    {
        var row = new TableEntity(Ids, id.ToString("N")) { ["Customer"] = customer.Value, ["Row"] = RowOf(id, now), ["At"] = now.ToUnixTimeMilliseconds() };
        if (!await Table.TryAddAsync(row, cancellation))
            row = (await GetAsync(Ids, id.ToString("N"), cancellation))!;
        var at = Instant.FromUnixTimeMilliseconds(row.GetInt64("At")!.Value);
        await Table.UpsertEntityAsync(
            new TableEntity(Open, QueueRow(id, at)) { ["Customer"] = customer.Value, ["Account"] = from.Value, ["Currency"] = currency.Code }, TableUpdateMode.Replace, cancellation);
        return at;
    }

    /// <returns>False when it is there already, or was given up.</returns>
    public async Task<bool> AddAsync(PolicyPurchase it, CancellationToken cancellation) =>
        await Table.TryAddAsync(ToRow(it, RowOf(it.Id, it.OrderedAt)), cancellation);

    /// <summary>Takes the place of a purchase whose process was killed before it was on record: whoever was only slow finds the place taken.</summary>
    /// <returns>False when it is on record.</returns>
    public async Task<bool> GiveUpAsync(OpenPurchase open, CancellationToken cancellation)
    {
        var row = new TableEntity(open.Customer.Value, RowOf(open.Id, open.Since)) { ["GivenUp"] = true };
        return await Table.TryAddAsync(row, cancellation) || (await GetAsync(row.PartitionKey, row.RowKey, cancellation))?.GetBoolean("GivenUp") == true;
    }

    /// <param name="change">From the purchase as it is; null leaves it. Asked again after a lost race.</param>
    public async Task<PurchaseRecord> ChangeAsync(PurchaseRecord record, Func<PolicyPurchase, PolicyPurchase?> change, CancellationToken cancellation)
    {
        while (change(record.It) is { } changed)
        {
            try
            {
                var answer = await Table.UpdateEntityAsync(ToRow(changed, record.Row), record.ETag, TableUpdateMode.Replace, cancellation);
                return record with { It = changed, ETag = answer.Headers.ETag ?? default };
            }
            catch (RequestFailedException e) when (StorageFaults.IsStale(e))
            {
                record = (await FindAsync(record.It.Id, cancellation))!;
            }
        }

        return record;
    }

    public Task CloseAsync(PolicyPurchase it, CancellationToken cancellation) => CloseAsync(QueueRow(it.Id, it.OrderedAt), cancellation);

    public Task CloseAsync(string queueRow, CancellationToken cancellation) => Table.TryDeleteAsync(Open, queueRow, ETag.All, cancellation);

    /// <summary>The oldest first; those begun before the time: younger ones may be in the hands of the call that began them.</summary>
    public async IAsyncEnumerable<OpenPurchase> ListOpenAsync(Instant begunBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Open} and RowKey lt {Moment(begunBefore)}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return new OpenPurchase(
                Guid.ParseExact(parts[1], "N"), CustomerId.Of(row.GetString("Customer")!), new AccountId(row.GetGuid("Account")!.Value), Currency.Of(row.GetString("Currency")!),
                Instant.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture)), row.RowKey);
        }
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<PolicyPurchase>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        List<PurchaseRecord> found = [];
        await foreach (var record in ReadAsync(customer, page.After ?? Prefix, $"{Prefix}~", page.Limit + 1, cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<PolicyPurchase>([.. found.Select(it => it.It)], found[^1].Row);
            found.Add(record);
        }

        return new Page<PolicyPurchase>([.. found.Select(it => it.It)], null);
    }

    /// <summary>Newest first; the period's end is not in it.</summary>
    public async IAsyncEnumerable<PolicyPurchase> ListAsync(CustomerId customer, Interval period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (first, last) = (period.HasEnd ? $"{Prefix}{Newest(period.End)}|" : Prefix, period.HasStart ? $"{Prefix}{Newest(period.Start)}|~" : $"{Prefix}~");
        await foreach (var record in ReadAsync(customer, first, last, 100, cancellation))
        {
            if (record.It.OrderedAt is var at && (!period.HasStart || at >= period.Start) && (!period.HasEnd || at < period.End))
                yield return record.It;
        }
    }

    private async IAsyncEnumerable<PurchaseRecord> ReadAsync(
        CustomerId customer, string after, string before, int perPage, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {after} and RowKey lt {before}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: perPage, cancellationToken: cancellation))
        {
            if (From(row) is { } record)
                yield return record;
        }
    }

    private async Task<TableEntity?> GetAsync(string partition, string row, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }

    private static string RowOf(Guid id, Instant at) => $"{Prefix}{Newest(at)}|{id:N}";

    private static string QueueRow(Guid id, Instant at) => $"{Moment(at)}|{id:N}";

    private static string Moment(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    private static string Newest(Instant at) => (Latest - at.ToUnixTimeMilliseconds()).ToString("D14", CultureInfo.InvariantCulture);

    private static TableEntity ToRow(PolicyPurchase it, string row) => new(it.Customer.Value, row) { ["Policy"] = StoredJson.Write(it), ["OrderKey"] = it.Key };

    /// <summary>Null: it was given up.</summary>
    private static PurchaseRecord? From(TableEntity row) => row.GetString("Policy") is { } text
        ? new PurchaseRecord(StoredJson.Read<PolicyPurchase>(text) with { Key = row.GetString("OrderKey") ?? "" }, row.RowKey, row.ETag)
        : null;
}

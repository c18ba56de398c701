using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Cancellations;

/// <summary>A request as read or written, with what guards its next change.</summary>
internal sealed record CancellationRecord(Cancellation It, string Key, string RequestHash, ETag ETag);

/// <summary>
/// Table Cancellations: partition = customer, row = the payment's number, so that there is one request for each payment; partition <c>open</c>: those that are
/// not at their end, what staff see and the sweeper reads.
/// </summary>
internal sealed class CancellationTable(BankTables tables)
{
    public const string Name = "Cancellations";
    private const string Open = "open";

    private TableClient Table => tables.Open(Name);

    public async Task<CancellationRecord?> FindAsync(CustomerId customer, Guid number, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, Key(number), cancellationToken: cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    /// <summary>The index row goes first: what it points at may be missing, never the other way round.</summary>
    /// <returns>False when there is one of this payment.</returns>
    public async Task<bool> AddAsync(Cancellation it, string key, string requestHash, CancellationToken cancellation)
    {
        await Table.UpsertEntityAsync(new TableEntity(Open, OpenRow(it)), TableUpdateMode.Replace, cancellation);
        return await Table.TryAddAsync(ToRow(it, key, requestHash), cancellation);
    }

    /// <param name="change">From the request as it is; null leaves it. Asked again after a lost race.</param>
    public async Task<CancellationRecord> ChangeAsync(CancellationRecord record, Func<Cancellation, Cancellation?> change, CancellationToken cancellation)
    {
        while (change(record.It) is { } changed)
        {
            try
            {
                var answer = await Table.UpdateEntityAsync(ToRow(changed, record.Key, record.RequestHash), record.ETag, TableUpdateMode.Replace, cancellation);
                return record with { It = changed, ETag = answer.Headers.ETag ?? default };
            }
            catch (RequestFailedException e) when (StorageFaults.IsStale(e))
            {
                record = (await FindAsync(record.It.Customer, record.It.Number, cancellation))!;
            }
        }

        return record;
    }

    public Task CloseAsync(Cancellation it, CancellationToken cancellation) => Table.DeleteEntityAsync(Open, OpenRow(it), ETag.All, cancellation);

    /// <summary>The oldest first: key in the list, whose, which.</summary>
    public async IAsyncEnumerable<(string Row, CustomerId Customer, Guid Number)> OpenAsync(string after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Open} and RowKey gt {after}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return (row.RowKey, CustomerId.Of(parts[1]), Guid.ParseExact(parts[2], "N"));
        }
    }

    private static string Key(Guid number) => number.ToString("N");

    private static string OpenRow(Cancellation it) =>
        $"{it.RequestedAt.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|{it.Customer.Value}|{it.Number:N}";

    private static TableEntity ToRow(Cancellation it, string key, string requestHash) => new(it.Customer.Value, Key(it.Number))
    {
        ["Cancellation"] = StoredJson.Write(it),
        ["Key"] = key,
        ["RequestHash"] = requestHash,
    };

    private static CancellationRecord From(TableEntity row) => new(
        StoredJson.Read<Cancellation>(row.GetString("Cancellation")!), row.GetString("Key")!, row.GetString("RequestHash")!, row.ETag);
}

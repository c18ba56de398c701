using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Insurance;

/// <summary>
/// Table <c>InsuranceOffers</c>: what can still be bought, and nothing for longer (PAY-50). Partition = customer: <c>offer|…</c>, <c>prepared|…</c>. Partition <c>due</c>: when rows
/// are erased; written before them.
/// </summary>
internal sealed class OfferTable(BankTables tables)
{
    public const string Name = "InsuranceOffers";

    private const string Due = "due";

    private TableClient Table => tables.Open(Name);

    /// <param name="erasedAt">When nobody can buy any of them any more.</param>
    public async Task AddAsync(CustomerId customer, IReadOnlyList<InsuranceOffer> offers, Instant erasedAt, CancellationToken cancellation)
    {
        await RemindAsync(customer, offers[0].Id, erasedAt, [.. offers.Select(offer => OfferRow(offer.Id))], cancellation);
        await Table.SubmitTransactionAsync(
            offers.Select(offer => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity(customer.Value, OfferRow(offer.Id)) { ["Offer"] = StoredJson.Write(offer) })),
            cancellation);
    }

    public async Task AddAsync(CustomerId customer, PreparedPurchase prepared, Instant erasedAt, CancellationToken cancellation)
    {
        await RemindAsync(customer, prepared.Id, erasedAt, [PreparedRow(prepared.Id)], cancellation);
        await Table.AddEntityAsync(new TableEntity(customer.Value, PreparedRow(prepared.Id)) { ["Prepared"] = StoredJson.Write(prepared) }, cancellation);
    }

    public async Task<InsuranceOffer?> FindOfferAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await GetAsync(customer, OfferRow(id), "Offer", cancellation) is { } text ? StoredJson.Read<InsuranceOffer>(text) : null;

    public async Task<PreparedPurchase?> FindPreparedAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await GetAsync(customer, PreparedRow(id), "Prepared", cancellation) is { } text ? StoredJson.Read<PreparedPurchase>(text) : null;

    /// <summary>The rows, then what reminds of them: killed in between, the repeat finds it.</summary>
    public async Task<int> EraseAsync(Instant dueBefore, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var due in DueAsync(dueBefore, cancellation))
        {
            foreach (var row in due.GetString("Rows")!.Split(','))
            {
                if (await Table.TryDeleteAsync(due.GetString("Customer")!, row, ETag.All, cancellation))
                    erased++;
            }

            await Table.TryDeleteAsync(Due, due.RowKey, ETag.All, cancellation);
        }

        return erased;
    }

    private async IAsyncEnumerable<TableEntity> DueAsync(Instant dueBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Due} and RowKey lt {Moment(dueBefore)}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return row;
    }

    private Task RemindAsync(CustomerId customer, Guid first, Instant at, IReadOnlyList<string> rows, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(Due, $"{Moment(at)}|{first:N}") { ["Customer"] = customer.Value, ["Rows"] = string.Join(',', rows) }, TableUpdateMode.Replace, cancellation);

    private async Task<string?> GetAsync(CustomerId customer, string row, string column, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, row, cancellationToken: cancellation);
        return found.HasValue ? found.Value!.GetString(column) : null;
    }

    private static string Moment(Instant at) => at.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    private static string OfferRow(Guid id) => $"offer|{id:N}";

    private static string PreparedRow(Guid id) => $"prepared|{id:N}";
}

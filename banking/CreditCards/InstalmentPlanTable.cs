using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.CreditCards;

/// <summary>What a customer has ordered to be split; how it stands, the processor knows.</summary>
internal sealed record OrderedPlan(Guid Id, string Card, string Transaction, string Offer, string Merchant, Instant OrderedAt);

/// <summary>Table InstalmentPlans: a partition for each customer.</summary>
internal sealed class InstalmentPlanTable(BankTables tables)
{
    public const string Name = "InstalmentPlans";
    private const string First = "plan|";
    private const string Json = "Json";
    private const string RequestHash = "RequestHash";

    private TableClient Table => tables.Open(Name);

    /// <summary>Keeps what a key was used for.</summary>
    /// <returns>False when it was used for something else before.</returns>
    public async Task<bool> TakeKeyAsync(CustomerId customer, Guid order, string requestHash, CancellationToken cancellation)
    {
        var row = new TableEntity(customer.Value, $"key|{order:N}") { [RequestHash] = requestHash };
        return await Table.TryAddAsync(row, cancellation)
            || (await Table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellation)).Value.GetString(RequestHash) == requestHash;
    }

    /// <summary>May be repeated.</summary>
    public Task AddAsync(CustomerId customer, OrderedPlan plan, CancellationToken cancellation) =>
        Table.TryAddAsync(new TableEntity(customer.Value, $"{First}{plan.Id:N}") { [Json] = StoredJson.Write(plan) }, cancellation);

    public async Task<OrderedPlan?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, $"{First}{id:N}", cancellationToken: cancellation);
        return row.HasValue ? StoredJson.Read<OrderedPlan>(row.Value!.GetString(Json)!) : null;
    }

    public async Task<IReadOnlyList<OrderedPlan>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        List<OrderedPlan> found = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey ge {First} and RowKey lt {First + "~"}"), cancellationToken: cancellation))
            found.Add(StoredJson.Read<OrderedPlan>(row.GetString(Json)!));
        return found;
    }
}

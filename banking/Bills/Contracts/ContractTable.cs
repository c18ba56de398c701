using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>The customers' contracts in storage.</summary>
internal sealed class ContractTable(BankTables tables)
{
    private readonly TableClient table = tables.Open(ContractKeys.Table);

    public async Task<Contract?> FindAsync(CustomerId customer, ContractId id, CancellationToken cancellation) =>
        (await FindRowAsync(customer, id, cancellation))?.ToContract();

    /// <returns>What the key registered and the hash of that request; null for a new key.</returns>
    public async Task<(Contract Contract, string RequestHash)?> FindByKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<ContractRow>(
            ContractKeys.Partition(customer), ContractKeys.Key(customer, key), cancellationToken: cancellation);
        return row.HasValue ? (row.Value!.ToContract(), row.Value.RequestHash!) : null;
    }

    /// <summary>In the order of their ids.</summary>
    public async Task<IReadOnlyList<Contract>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {ContractKeys.Partition(customer)} and RowKey ge {ContractKeys.FirstContract} and RowKey lt {ContractKeys.AfterContracts}");
        var contracts = new List<Contract>();
        await foreach (var row in table.QueryAsync<ContractRow>(filter, cancellationToken: cancellation))
            contracts.Add(row.ToContract());
        return contracts;
    }

    /// <returns>False when the contract or the key is there already; nothing was written.</returns>
    public async Task<bool> AddAsync(Contract contract, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        return await table.TryAddAllAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, ContractRow.From(contract)),
                new TableTransactionAction(TableTransactionActionType.Add, ContractRow.ForKey(contract, key, requestHash)),
            ],
            cancellation);
    }

    /// <returns>The renamed contract; null when there is none.</returns>
    public async Task<Contract?> RenameAsync(CustomerId customer, ContractId id, string name, CancellationToken cancellation)
    {
        while (await FindRowAsync(customer, id, cancellation) is { } row)
        {
            row.Name = name;
            try
            {
                await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellation);
                return row.ToContract();
            }
            catch (RequestFailedException e) when (e.Status is 412 or 404)
            {
                // Somebody else renamed or removed it meanwhile: look again.
            }
        }

        return null;
    }

    public Task RemoveAsync(CustomerId customer, ContractId id, CancellationToken cancellation) =>
        table.DeleteEntityAsync(ContractKeys.Partition(customer), ContractKeys.Contract(id), ETag.All, cancellation);

    private async Task<ContractRow?> FindRowAsync(CustomerId customer, ContractId id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<ContractRow>(ContractKeys.Partition(customer), ContractKeys.Contract(id), cancellationToken: cancellation);
        return row.HasValue ? row.Value : null;
    }
}

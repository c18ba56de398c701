using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>Table Beneficiaries: one partition per customer, one row per registered account.</summary>
internal sealed class BeneficiaryTable(BankTables tables)
{
    public const string Name = "Beneficiaries";

    private TableClient Table => tables.Open(Name);

    /// <returns>False when the account is registered already.</returns>
    public Task<bool> AddAsync(Beneficiary beneficiary, CancellationToken cancellation) =>
        Table.TryAddAsync(Row(beneficiary), cancellation);

    /// <summary>Registers it under an idempotency key: both or neither.</summary>
    /// <returns>The beneficiary; for a repeated key the first one as it is now. Or <see cref="IdempotencyKeyReused"/>, <see cref="BeneficiaryExists"/>.</returns>
    public async Task<Result<Beneficiary>> AddAsync(Beneficiary beneficiary, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        var keyRow = new TableEntity(beneficiary.Customer.Value, KeyRow(key)) { ["Id"] = beneficiary.Id.Value, ["RequestHash"] = requestHash, ["First"] = StoredJson.Write(beneficiary) };
        try
        {
            await Table.SubmitTransactionAsync(
                [new TableTransactionAction(TableTransactionActionType.Add, keyRow), new TableTransactionAction(TableTransactionActionType.Add, Row(beneficiary))], cancellation);
            return beneficiary;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var used = await Table.GetEntityIfExistsAsync<TableEntity>(beneficiary.Customer.Value, KeyRow(key), null, cancellation);
            return !used.HasValue ? new BeneficiaryExists(beneficiary.Id)
                : used.Value!.GetString("RequestHash") != requestHash ? new IdempotencyKeyReused()
                : StoredJson.Read<Beneficiary>(used.Value.GetString("First")!);
        }
    }

    public async Task<Beneficiary?> FindAsync(CustomerId customer, BeneficiaryId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, Key(id), null, cancellation);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <summary>All of a customer's, in no particular order: some hundreds at most.</summary>
    public async Task<IReadOnlyList<Beneficiary>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var found = new List<Beneficiary>();
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey lt {"key|"}"), cancellationToken: cancellation))
            found.Add(Read(row));
        return found;
    }

    /// <returns>The beneficiary with the alias; null when it is gone.</returns>
    public async Task<Beneficiary?> RenameAsync(CustomerId customer, BeneficiaryId id, string? alias, CancellationToken cancellation)
    {
        if (await FindAsync(customer, id, cancellation) is not { } beneficiary)
            return null;
        var renamed = beneficiary with { Alias = alias };
        try
        {
            // The alias is the one thing that changes, so the last one stays.
            await Table.UpdateEntityAsync(Row(renamed), ETag.All, TableUpdateMode.Replace, cancellation);
            return renamed;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <returns>False when it was gone already.</returns>
    public async Task<bool> RemoveAsync(CustomerId customer, BeneficiaryId id, CancellationToken cancellation)
    {
        if (await FindAsync(customer, id, cancellation) is null)
            return false;
        return await Table.TryDeleteAsync(customer.Value, Key(id), ETag.All, cancellation);
    }

    private static string Key(BeneficiaryId id) => id.Value.ToString("N");

    /// <summary>Behind every id, which is hexadecimal.</summary>
    private static string KeyRow(IdempotencyKey key) => $"key|{Ledger.TransactionId.Derive("key", key.Value)}";

    private static TableEntity Row(Beneficiary beneficiary) =>
        new(beneficiary.Customer.Value, Key(beneficiary.Id)) { ["Beneficiary"] = StoredJson.Write(beneficiary) };

    private static Beneficiary Read(TableEntity row) => StoredJson.Read<Beneficiary>(row.GetString("Beneficiary")!);
}

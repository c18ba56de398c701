using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>The last unique code of each customer, and which order of an officer gave which.</summary>
internal sealed class UniqueCodeTable(BankTables tables)
{
    private TableClient Table => tables.Open(CredentialKeys.Table);

    public async Task<UniqueCodeRow?> FindAsync(string partition, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, CredentialKeys.UniqueCode, null, cancellation);
        return found.HasValue ? UniqueCodeRow.From(found.Value!) : null;
    }

    /// <summary>When the code of this order expires; null when it was not carried out.</summary>
    public async Task<Instant?> FindIssuedAsync(CustomerId customer, string order, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(CredentialKeys.Partition(customer), CredentialKeys.Issued(order), null, cancellation);
        return found.HasValue ? Instant.FromUnixTimeTicks(found.Value!.GetInt64("ExpiresAt")!.Value) : null;
    }

    /// <summary>Cancels whatever code there was before.</summary>
    /// <returns>False when this order was carried out meanwhile.</returns>
    public async Task<bool> TryIssueAsync(UniqueCodeRow row, CancellationToken cancellation)
    {
        var issued = new TableEntity(CredentialKeys.Partition(row.Customer), CredentialKeys.Issued(row.Id.Value)) { ["ExpiresAt"] = row.ExpiresAt.ToUnixTimeTicks() };
        return await Table.TryAddAllAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, issued),
                new TableTransactionAction(TableTransactionActionType.UpsertReplace, row.ToRow()),
            ],
            cancellation);
    }

    public async Task VoidAsync(UniqueCodeRow row, CancellationToken cancellation)
    {
        // False: used, void or replaced by a new one meanwhile.
        await Table.TryUpdateAsync((row with { State = UniqueCodeState.Void }).ToRow(), row.ETag, TableUpdateMode.Replace, cancellation);
    }
}

using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

internal sealed class UserTable(BankTables tables)
{
    private TableClient Table => tables.Open(CredentialKeys.Table);

    public Task<UserRow?> FindAsync(CustomerId customer, CancellationToken cancellation) => FindAsync(CredentialKeys.Partition(customer), cancellation);

    /// <param name="partition">Also that of an identifier that is nobody's, so that asking for it costs the same.</param>
    public async Task<UserRow?> FindAsync(string partition, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, CredentialKeys.User, null, cancellation);
        return found.HasValue ? UserRow.From(found.Value!) : null;
    }

    /// <summary>Replaces the row and changes others of the customer's in one group.</summary>
    /// <returns>False when somebody else changed one of them meanwhile; nothing was written.</returns>
    public async Task<bool> TryWriteAsync(UserRow user, IEnumerable<TableTransactionAction> others, CancellationToken cancellation)
    {
        var action = user.ETag == default
            ? new TableTransactionAction(TableTransactionActionType.Add, user.ToRow())
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, user.ToRow(), user.ETag);
        return await Table.TrySubmitAsync([action, .. others], cancellation);
    }
}

using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Network;

/// <summary>The customers' networks in storage.</summary>
internal sealed class NetworkTable(BankTables tables)
{
    private readonly TableClient table = tables.Open(NetworkKeys.Table);

    /// <summary>Every contact, by name; one query.</summary>
    public async Task<IReadOnlyList<Contact>> ListAsync(CustomerId owner, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {NetworkKeys.Partition(owner)} and RowKey ge {NetworkKeys.First} and RowKey lt {NetworkKeys.After}");
        var rows = new List<ContactRow>();
        await foreach (var row in table.QueryAsync<ContactRow>(filter, cancellationToken: cancellation))
            rows.Add(row);
        var blocked = rows.Where(row => row.Phone is null).Select(row => row.Id).ToHashSet();
        return [.. rows.Where(row => row.Phone is not null)
            .Select(row => row.ToContact(blocked.Contains(row.Id) ? RequestPermission.Blocked : RequestPermission.Allowed))
            .OrderBy(contact => contact.Name, StringComparer.InvariantCultureIgnoreCase).ThenBy(contact => contact.Id.Value)];
    }

    /// <summary>Two reads at once.</summary>
    public async Task<Contact?> FindAsync(CustomerId owner, ContactId id, CancellationToken cancellation)
    {
        var block = FindRowAsync(owner, NetworkKeys.Block(id), cancellation);
        var contact = await FindRowAsync(owner, NetworkKeys.Contact(id), cancellation);
        return contact?.ToContact(await block is null ? RequestPermission.Allowed : RequestPermission.Blocked);
    }

    /// <returns>What the key created and the hash of that request; null for a new key.</returns>
    public async Task<(ContactId Id, string RequestHash)?> FindByKeyAsync(CustomerId owner, IdempotencyKey key, CancellationToken cancellation) =>
        await FindRowAsync(owner, NetworkKeys.Key(owner, key), cancellation) is { } row ? (new ContactId(row.Id), row.RequestHash!) : null;

    /// <param name="contact">Null when it is there already and only the key is new.</param>
    /// <returns>False when the key was used, or somebody added the number meanwhile; nothing was written.</returns>
    public async Task<bool> AddAsync(CustomerId owner, ContactId id, Contact? contact, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        List<TableTransactionAction> rows = [new(TableTransactionActionType.Add, ContactRow.ForKey(owner, id, key, requestHash))];
        if (contact is not null)
            rows.Add(new(TableTransactionActionType.Add, ContactRow.Of(contact)));
        try
        {
            await table.SubmitTransactionAsync(rows, cancellation);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Keeps what the bank found out about the number; nothing when the contact was removed meanwhile.</summary>
    public async Task SaveCheckAsync(Contact contact, bool isRegistered, Instant at, CancellationToken cancellation)
    {
        var change = new TableEntity(NetworkKeys.Partition(contact.Owner), NetworkKeys.Contact(contact.Id))
        {
            ["IsRegistered"] = isRegistered,
            ["CheckedAt"] = at.ToDateTimeOffset(),
        };
        try
        {
            await table.UpdateEntityAsync(change, ETag.All, TableUpdateMode.Merge, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Removed: nobody asks any more.
        }
    }

    /// <returns>False when there is no such contact.</returns>
    public async Task<bool> RenameAsync(CustomerId owner, ContactId id, string name, CancellationToken cancellation)
    {
        try
        {
            await table.UpdateEntityAsync(
                new TableEntity(NetworkKeys.Partition(owner), NetworkKeys.Contact(id)) { ["Name"] = name }, ETag.All, TableUpdateMode.Merge, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    /// <returns>False when there is no such contact.</returns>
    public async Task<bool> RemoveAsync(CustomerId owner, ContactId id, CancellationToken cancellation)
    {
        // Looked for first: the storage's own answer to a second deletion is swallowed by its client.
        if (await FindRowAsync(owner, NetworkKeys.Contact(id), cancellation) is not { } row)
            return false;
        try
        {
            var answer = await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
            return answer.Status != 404;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    public async Task BlockAsync(CustomerId owner, ContactId number, CustomerId? blocked, CancellationToken cancellation)
    {
        List<TableTransactionAction> rows = [new(TableTransactionActionType.UpsertReplace, ContactRow.Block(owner, number, blocked))];
        if (blocked is { } customer)
            rows.Add(new(TableTransactionActionType.UpsertReplace, ContactRow.BlockOf(owner, number, customer)));
        await table.SubmitTransactionAsync(rows, cancellation);
    }

    public async Task AllowAsync(CustomerId owner, ContactId number, CancellationToken cancellation)
    {
        while (await FindRowAsync(owner, NetworkKeys.Block(number), cancellation) is { } block)
        {
            List<TableTransactionAction> rows = [new(TableTransactionActionType.Delete, block, block.ETag)];
            if (block.BlockedCustomer is { } customer)
                rows.Add(new(TableTransactionActionType.Delete, ContactRow.BlockOf(owner, number, CustomerId.Of(customer)), ETag.All));
            try
            {
                await table.SubmitTransactionAsync(rows, cancellation);
                return;
            }
            catch (TableTransactionFailedException e) when (e.Status is 404 or 412)
            {
                // Another call blocked or allowed at the same moment: look again.
            }
        }
    }

    /// <summary>Whether a customer has blocked another one, by the number he has now or by the one he had; always two reads, whatever the answer.</summary>
    public async Task<bool> IsBlockedAsync(CustomerId owner, CustomerId other, PhoneNumber? number, CancellationToken cancellation)
    {
        var byCustomer = FindRowAsync(owner, NetworkKeys.BlockedCustomer(other), cancellation);
        var byNumber = FindRowAsync(owner, NetworkKeys.Block(number is { } phone ? ContactId.Of(owner, phone) : default), cancellation);
        return (await Task.WhenAll(byCustomer, byNumber)).Any(row => row is not null);
    }

    private async Task<ContactRow?> FindRowAsync(CustomerId owner, string row, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<ContactRow>(NetworkKeys.Partition(owner), row, cancellationToken: cancellation);
        return found.HasValue ? found.Value : null;
    }
}

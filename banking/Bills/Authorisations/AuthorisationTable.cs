using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>The customers' authorisations in storage, and the index of when each is looked at next.</summary>
internal sealed class AuthorisationTable(BankTables tables, TimeProvider time)
{
    private readonly TableClient table = tables.Open(AuthorisationKeys.Table);
    private readonly TableClient due = tables.Open(CollectionKeys.Table);

    public async Task<StoredAuthorisation?> FindAsync(CustomerId customer, AuthorisationId id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<AuthorisationRow>(
            AuthorisationKeys.Partition(customer), AuthorisationKeys.Authorisation(id), cancellationToken: cancellation);
        return row.HasValue ? new StoredAuthorisation(row.Value!.ToAuthorisation(), row.Value!.ETag) : null;
    }

    /// <returns>What the key created and the hash of that request; null for a new key.</returns>
    public async Task<(AuthorisationId Id, string RequestHash)?> FindByKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<AuthorisationRow>(
            AuthorisationKeys.Partition(customer), AuthorisationKeys.Key(customer, key), cancellationToken: cancellation);
        return row.HasValue ? (new AuthorisationId(row.Value!.Id), row.Value!.RequestHash!) : null;
    }

    public async Task<StoredAuthorisation?> FindActiveAsync(CustomerId customer, ClientAccount account, CancellationToken cancellation) =>
        await FindMarkAsync(customer, account, cancellation) is { } mark ? await FindAsync(customer, new AuthorisationId(mark.Id), cancellation) : null;

    /// <returns>The active authorisation when its customer wants an e-mail of each payment. That none is wanted, its mark tells alone.</returns>
    public async Task<Authorisation?> FindWithEmailNoticeAsync(CustomerId customer, ClientAccount account, CancellationToken cancellation) =>
        await FindMarkAsync(customer, account, cancellation) is { EmailNotice: not false } mark
        && await FindAsync(customer, new AuthorisationId(mark.Id), cancellation) is { It: { Terms.EmailNotice: true } it } ? it : null;

    /// <summary>Active and cancelled, newest first.</summary>
    public async Task<IReadOnlyList<Authorisation>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {AuthorisationKeys.Partition(customer)} and RowKey ge {AuthorisationKeys.First} and RowKey lt {AuthorisationKeys.After}");
        var all = new List<Authorisation>();
        await foreach (var row in table.QueryAsync<AuthorisationRow>(filter, cancellationToken: cancellation))
            all.Add(row.ToAuthorisation());
        return [.. all.OrderByDescending(it => it.StartedOn).ThenBy(it => it.Number, StringComparer.Ordinal)];
    }

    /// <returns>False when the key was used, or another authorisation for the account is active; nothing was written but a pointer.</returns>
    public async Task<bool> AddAsync(Authorisation it, IdempotencyKey key, string requestHash, CancellationToken cancellation)
    {
        await PointAsync(it, cancellation);
        return await SubmitAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, AuthorisationRow.Of(it)),
                new TableTransactionAction(TableTransactionActionType.Add, AuthorisationRow.ForKey(it, key, requestHash)),
                new TableTransactionAction(TableTransactionActionType.Add, AuthorisationRow.Active(it)),
            ],
            cancellation);
    }

    /// <summary>Replaces an authorisation, its active mark and its pointer.</summary>
    /// <param name="seen">The version of its pointer when that was read before the authorisation; null: it is read.</param>
    /// <returns>False when it has changed since it was read, or, on reopening, another one for the account is active.</returns>
    public async Task<bool> ChangeAsync(StoredAuthorisation from, Authorisation to, CancellationToken cancellation, ETag? seen = null)
    {
        // The new pointer first: after a crash there are two, of which one leads nowhere. None would mean a payment forgotten.
        // The old one as it was before: whoever points there anew, because of a change that follows this one, keeps their pointer.
        var old = from.It.Next is { } run && run.On != to.Next?.On ? PointerKey(from.It.Id, run) : null;
        var reading = old is not null && seen is null ? FindPointerAsync(old, cancellation) : null;
        await PointAsync(to, cancellation);
        if (reading is not null)
            seen = (await reading)?.ETag;
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateReplace, AuthorisationRow.Of(to), from.ETag)];
        if (from.It.State != to.State)
        {
            actions.Add(to.State == AuthorisationState.Active
                ? new TableTransactionAction(TableTransactionActionType.Add, AuthorisationRow.Active(to))
                : new TableTransactionAction(TableTransactionActionType.Delete, AuthorisationRow.Active(to), ETag.All));
        }
        else if (to.State == AuthorisationState.Active && from.It.Terms.EmailNotice != to.Terms.EmailNotice)
        {
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, AuthorisationRow.Active(to), ETag.All));
        }

        if (!await SubmitAsync(actions, cancellation))
            return false;
        if (old is not null && seen is { } version)
            await DropPointerAsync(old, version, cancellation);
        return true;
    }

    /// <summary>Pointers to authorisations to look at by now, the longest due first.</summary>
    /// <param name="partition">One of <see cref="CollectionKeys.Partitions"/>.</param>
    public async IAsyncEnumerable<StoredPointer> DueAsync(
        string partition, NodaTime.Instant now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {CollectionKeys.After(now)}");
        await foreach (var row in due.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var pointer = new CollectionPointer(
                row.PartitionKey, row.RowKey, CustomerId.Of(row.GetString("Customer")!), new AuthorisationId(row.GetGuid("Authorisation")!.Value));
            yield return Stored(pointer, row);
        }
    }

    public async Task<StoredPointer?> FindPointerAsync(CollectionPointer pointer, CancellationToken cancellation)
    {
        var row = await due.GetEntityIfExistsAsync<TableEntity>(pointer.Partition, pointer.Row, cancellationToken: cancellation);
        return row.HasValue ? Stored(pointer, row.Value!) : null;
    }

    /// <summary>Nothing when it was written anew since it was read.</summary>
    public async Task DropPointerAsync(CollectionPointer pointer, ETag read, CancellationToken cancellation)
    {
        // False: somebody points there again, or has dropped it.
        await due.TryDeleteAsync(pointer.Partition, pointer.Row, read, cancellation);
    }

    private static StoredPointer Stored(CollectionPointer pointer, TableEntity row) => new(pointer, row.GetDateTimeOffset("WrittenAt"), row.ETag);

    private async Task<AuthorisationRow?> FindMarkAsync(CustomerId customer, ClientAccount account, CancellationToken cancellation)
    {
        var mark = await table.GetEntityIfExistsAsync<AuthorisationRow>(
            AuthorisationKeys.Partition(customer), AuthorisationKeys.Active(account), cancellationToken: cancellation);
        return mark.HasValue ? mark.Value : null;
    }

    private Task PointAsync(Authorisation it, CancellationToken cancellation)
    {
        if (it.Next is not { } next)
            return Task.CompletedTask;
        var pointer = PointerKey(it.Id, next);
        var row = new TableEntity(pointer.Partition, pointer.Row) { ["Customer"] = it.Customer.Value, ["Authorisation"] = it.Id.Value, ["WrittenAt"] = time.GetUtcNow() };
        return due.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    private static CollectionPointer PointerKey(AuthorisationId id, CollectionRun run) =>
        new(CollectionKeys.Partition(id), CollectionKeys.Row(PaymentCalendar.RunAt(run.On), id), default, id);

    private Task<bool> SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation) =>
        table.TrySubmitAsync(actions, cancellation);
}

internal sealed record StoredAuthorisation(Authorisation It, ETag ETag);

internal sealed record CollectionPointer(string Partition, string Row, CustomerId Customer, AuthorisationId Authorisation);

internal sealed record StoredPointer(CollectionPointer It, DateTimeOffset? WrittenAt, ETag ETag);

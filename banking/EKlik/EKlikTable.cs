using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.EKlik;

/// <summary>Table EKlik: a partition per user, per name that is nobody's, per customer (which users there are) and per hardware token.</summary>
internal sealed class EKlikTable(BankTables tables, KeyedHash hash, OutboxTable outbox, TimeProvider time)
{
    public const string Name = "EKlik";
    public const string NobodyPrefix = "nobody|";

    private const string User = "user";
    private const string Nobody = "nobody";
    private const string Token = "token";
    private const string Column = "Content";
    private const int TriesAtMost = 60;

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private TableClient Table => tables.Open(Name);

    /// <summary>One point read.</summary>
    public async Task<EKlikRow?> FindAsync(UserName name, CancellationToken cancellation) => (await ReadAsync(name, cancellation)).Row;

    /// <summary>Decides by the row as it is, and answers only when what was decided is written; asked again after a lost race.</summary>
    /// <remarks>
    /// That is why a try that is counted here is counted before anybody hears of it. Two storage calls; one when the row stays the same, three when something follows: the
    /// caller dispatches it (<see cref="EKlikChanges"/>).
    /// </remarks>
    /// <returns>The decision's answer, or <see cref="EKlikUserNotFound"/>.</returns>
    public async Task<Result<T>> DecideAsync<T>(UserName name, Func<EKlikRow, Instant, EKlikDecision<T>> decide, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var (row, tag) = await ReadAsync(name, cancellation);
            if (row is null)
                return new EKlikUserNotFound();
            var decision = decide(row, Now);
            if (ReferenceEquals(decision.Row, row) || await TryWriteAsync(decision.Row, tag, decision.Follows, cancellation))
                return decision.Answer;
            await StorageFaults.BackOffAsync(Math.Min(attempt, 4));
        }

        // So many tries at one user in one moment are an attack, and none of them was looked at.
        return new EKlikUserBlocked();
    }

    /// <summary>The same for what anybody may try: a name that is nobody's is counted, and costs as many storage calls.</summary>
    /// <param name="counter">What is tried: names the counter of those who are nobody.</param>
    /// <param name="most">Tries that are counted.</param>
    /// <param name="isFollowed">Whether something follows a user's last try: then that of a nobody points, too, at nothing, for as long as it takes.</param>
    /// <param name="nobody">What a name is told that is nobody's, by how many tries there have been with this one; more than <paramref name="most"/>: it was not counted.</param>
    public async Task<Result<T>> DecideAsync<T>(
        UserName name, string counter, int most, bool isFollowed, Func<EKlikRow, Instant, EKlikDecision<T>> decide, Func<int, Result<T>> nobody, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var (reading, counting) = (ReadAsync(name, cancellation), CountedAsync(name, cancellation));
            var ((row, tag), counted) = (await reading, await counting);
            if (row is not null)
            {
                var decision = decide(row, Now);
                if (ReferenceEquals(decision.Row, row) || await TryWriteAsync(decision.Row, tag, decision.Follows, cancellation))
                    return decision.Answer;
            }
            else
            {
                var tries = (counted.GetInt32(counter) ?? 0) + 1;
                if (tries > most)
                    return nobody(tries);
                (counted[counter], counted[NobodyCounters.TriedAt]) = (tries, Now.ToUnixTimeTicks());
                if (isFollowed && tries == most)
                    await outbox.PointAsync(new OutboxRow(Name, counted.PartitionKey, Nobody, StableGuid.Of(counter, counted.PartitionKey), ""), cancellation);
                if (await TryWriteAsync(counted, counted.ETag, cancellation))
                    return nobody(tries);
            }

            await StorageFaults.BackOffAsync(Math.Min(attempt, 4));
        }

        return new EKlikUserBlocked();
    }

    /// <summary>That the customer has, or will have in a moment, a user of this name; first this, then the user, so that none is ever missing from the list.</summary>
    public Task AddNameAsync(CustomerId customer, UserName name, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Customer(customer), name.Value), TableUpdateMode.Replace, cancellation);

    /// <returns>False when the name is somebody's.</returns>
    public Task<bool> TryAddAsync(EKlikRow row, OutboxRow? follows, CancellationToken cancellation) => TryWriteAsync(row, default, follows, cancellation);

    /// <summary>All users of a customer, by name.</summary>
    public async Task<IReadOnlyList<EKlikRow>> ListAsync(CustomerId customer, CancellationToken cancellation)
    {
        var partition = Customer(customer);
        List<EKlikRow> users = [];
        await foreach (var entry in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), null, null, cancellation))
        {
            // The name may have become another customer's, if making this user was broken off.
            if (await FindAsync(UserName.Find(entry.RowKey)!.Value, cancellation) is { } row && row.Customer == customer)
                users.Add(row);
        }

        return users;
    }

    public async Task<(HardwareToken? Token, ETag ETag)> FindTokenAsync(string serial, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Hardware(serial), Token, null, cancellation);
        return found.HasValue ? (StoredJson.Read<HardwareToken>(found.Value!.GetString(Column)!), found.Value.ETag) : (null, default);
    }

    /// <param name="tag">As read; default: it must be new.</param>
    /// <returns>False when somebody else was faster.</returns>
    public Task<bool> TryWriteAsync(HardwareToken token, ETag tag, CancellationToken cancellation) =>
        TryWriteAsync(new TableEntity(Hardware(token.Serial), Token) { [Column] = StoredJson.Write(token) }, tag, cancellation);

    private async Task<(EKlikRow? Row, ETag ETag)> ReadAsync(UserName name, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(name), User, null, cancellation);
        return found.HasValue ? (StoredJson.Read<EKlikRow>(found.Value!.GetString(Column)!), found.Value.ETag) : (null, default);
    }

    /// <summary>What was typed may have been anything, so only its keyed hash is kept.</summary>
    private async Task<TableEntity> CountedAsync(UserName name, CancellationToken cancellation)
    {
        var partition = $"{NobodyPrefix}{hash.Of("eklik-name", name.Value)}";
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(partition, Nobody, null, cancellation);
        return found.HasValue ? found.Value! : new TableEntity(partition, Nobody);
    }

    private async Task<bool> TryWriteAsync(EKlikRow row, ETag tag, OutboxRow? follows, CancellationToken cancellation)
    {
        var entity = ToEntity(row);
        if (follows is null)
            return await TryWriteAsync(entity, tag, cancellation);
        await outbox.PointAsync(follows, cancellation);
        var write = tag == default ? new TableTransactionAction(TableTransactionActionType.Add, entity) : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, tag);
        return await Table.TrySubmitAsync([write, follows.Add()], cancellation);
    }

    /// <param name="tag">None for a new row.</param>
    private Task<bool> TryWriteAsync(TableEntity entity, ETag tag, CancellationToken cancellation) =>
        Table.TryWriteAsync(entity, tag == default ? null : tag, cancellation);

    private static TableEntity ToEntity(EKlikRow row) => new(Partition(row.UserName), User) { [Column] = StoredJson.Write(row) };

    public static string Partition(UserName name) => $"user|{name.Value}";

    private static string Customer(CustomerId customer) => $"customer|{customer.Value}";

    private static string Hardware(string serial) => $"hardware|{serial}";
}

/// <param name="Row">The same: nothing is written.</param>
internal sealed record EKlikDecision<T>(EKlikRow Row, Result<T> Answer)
{
    /// <summary>What follows the change, written in its group; with the same row, what its repeat makes sure of. Nothing follows a refusal.</summary>
    public OutboxRow? Follows
    {
        get => Answer.IsSuccess ? field : null;
        init;
    }
}

/// <param name="Secret">Sealed, bound to the serial number.</param>
/// <param name="User">Whose it is; null while it lies in the drawer.</param>
internal sealed record HardwareToken(string Serial, OtpAlgorithm Algorithm, string Secret, string? User = null);

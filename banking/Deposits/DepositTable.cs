using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Deposits;

/// <summary>A deposit as read or written, with what guards its next change.</summary>
internal sealed record StoredDeposit(Deposit It, string RequestHash, ETag ETag);

/// <summary>That a deposit is to be looked at on a day or later.</summary>
/// <param name="Day">As written; the deposit's own date decides.</param>
internal sealed record DepositPointer(LocalDate Day, CustomerId Customer, DepositId Deposit);

/// <summary>
/// Table Deposits, partition = customer: <c>deposit|id</c>, and <c>key|…</c> for every idempotency key of an opening or a change. Partitions <c>maturing</c>
/// and <c>reminding</c>: <c>day|customer|id</c>, what the timers read. A pointer is written before what it leads to, and goes when nothing is left to do.
/// </summary>
internal sealed class DepositTable(BankTables tables)
{
    public const string Name = "Deposits";
    public const string Maturing = "maturing";
    public const string Reminding = "reminding";
    private const string First = "deposit|";
    private const string After = "deposit}";

    private TableClient Table => tables.Open(Name);

    public async Task<StoredDeposit?> FindAsync(CustomerId customer, DepositId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, Row(id), cancellationToken: cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    /// <returns>What the key was used for and the hash of that request; null when it was not.</returns>
    public async Task<(DepositId Id, string RequestHash)?> FindKeyAsync(CustomerId customer, IdempotencyKey key, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(customer.Value, KeyRow(key), cancellationToken: cancellation);
        return row.HasValue ? (new DepositId(row.Value!.GetGuid("Deposit")!.Value), row.Value.GetString("RequestHash")!) : null;
    }

    /// <summary>Of every state, in no order.</summary>
    public async IAsyncEnumerable<Deposit> ListAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {customer.Value} and RowKey gt {First} and RowKey lt {After}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return From(row).It;
    }

    /// <param name="remindOn">Null: nobody is reminded of its first maturity.</param>
    /// <returns>Nothing also when the same order was there before. Or <see cref="IdempotencyKeyReused"/>, <see cref="DepositAlreadyConfirmed"/>.</returns>
    public async Task<Result<Nothing>> AddAsync(Deposit it, IdempotencyKey key, string requestHash, LocalDate? remindOn, CancellationToken cancellation)
    {
        await PointAsync(it, remindOn, cancellation);
        if (await Table.TryAddAllAsync(
            [new(TableTransactionActionType.Add, ToRow(it, requestHash)), new(TableTransactionActionType.Add, KeyOf(it, key, requestHash))], cancellation))
        {
            return default(Nothing);
        }

        return await FindKeyAsync(it.Customer, key, cancellation) is { } known
            ? known.RequestHash == requestHash && known.Id == it.Id ? default(Nothing) : new IdempotencyKeyReused()
            : new DepositAlreadyConfirmed(it.Id.Value);
    }

    /// <summary>Where the timers find a term's end.</summary>
    public Task PointAsync(Deposit it, LocalDate? remindOn, CancellationToken cancellation)
    {
        var maturing = Table.UpsertEntityAsync(new TableEntity(Maturing, PointerRow(new DepositPointer(it.Term.Matures, it.Customer, it.Id))), TableUpdateMode.Replace, cancellation);
        return remindOn is { } day
            ? Task.WhenAll(maturing, Table.UpsertEntityAsync(new TableEntity(Reminding, PointerRow(new DepositPointer(day, it.Customer, it.Id))), TableUpdateMode.Replace, cancellation))
            : maturing;
    }

    /// <returns>The deposit as written; null when somebody else was first.</returns>
    public async Task<StoredDeposit?> ChangeAsync(StoredDeposit before, Deposit to, CancellationToken cancellation)
    {
        try
        {
            var answer = await Table.UpdateEntityAsync(ToRow(to, before.RequestHash), before.ETag, TableUpdateMode.Replace, cancellation);
            return before with { It = to, ETag = answer.Headers.ETag ?? default };
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    /// <summary>A change under a key of its own.</summary>
    /// <returns>False when somebody else was first, or the key was used.</returns>
    public Task<bool> ChangeAsync(StoredDeposit before, Deposit to, IdempotencyKey key, string requestHash, CancellationToken cancellation) => Table.TrySubmitAsync(
        [new(TableTransactionActionType.UpdateReplace, ToRow(to, before.RequestHash), before.ETag), new(TableTransactionActionType.Add, KeyOf(to, key, requestHash))], cancellation);

    /// <summary>An order that moved no money and never will is forgotten.</summary>
    public Task RemoveAsync(StoredDeposit it, CancellationToken cancellation) => Table.TryDeleteAsync(it.It.Customer.Value, Row(it.It.Id), it.ETag, cancellation);

    /// <summary>The oldest first.</summary>
    /// <param name="partition"><see cref="Maturing"/> or <see cref="Reminding"/>.</param>
    public async IAsyncEnumerable<DepositPointer> DueAsync(string partition, LocalDate today, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = $"{LocalDatePattern.Iso.Format(today)}}}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {end}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return new DepositPointer(LocalDatePattern.Iso.Parse(parts[0]).Value, CustomerId.Of(parts[1]), new DepositId(Guid.ParseExact(parts[2], "N")));
        }
    }

    public Task DropAsync(string partition, DepositPointer pointer, CancellationToken cancellation) =>
        Table.TryDeleteAsync(partition, PointerRow(pointer), ETag.All, cancellation);

    private static string PointerRow(DepositPointer pointer) => $"{LocalDatePattern.Iso.Format(pointer.Day)}|{pointer.Customer.Value}|{pointer.Deposit.Value:N}";

    private static string Row(DepositId id) => $"{First}{id.Value:N}";

    /// <summary>A key may have characters that a row's key may not.</summary>
    private static string KeyRow(IdempotencyKey key) => $"key|{RowSeal.Hex(key.Value)}";

    private static TableEntity KeyOf(Deposit it, IdempotencyKey key, string requestHash) =>
        new(it.Customer.Value, KeyRow(key)) { ["Deposit"] = it.Id.Value, ["RequestHash"] = requestHash };

    private static TableEntity ToRow(Deposit it, string requestHash) => new(it.Customer.Value, Row(it.Id))
    {
        ["Deposit"] = StoredJson.Write(it),
        ["ExpiresAt"] = it.ExpiresAt.ToUnixTimeMilliseconds(),
        ["RequestHash"] = requestHash,
    };

    private static StoredDeposit From(TableEntity row) => new(
        StoredJson.Read<Deposit>(row.GetString("Deposit")!) with { ExpiresAt = Instant.FromUnixTimeMilliseconds(row.GetInt64("ExpiresAt")!.Value) },
        row.GetString("RequestHash")!, row.ETag);
}

using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Recoveries;

/// <summary>Table Recoveries: one partition with one row each.</summary>
internal sealed class RecoveryTable(BankTables tables, TimeProvider time)
{
    public const string Name = "Recoveries";

    private const string Row = "recovery";

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private TableClient Table => tables.Open(Name);

    public Task AddAsync(Recovery recovery, CancellationToken cancellation) => Table.AddEntityAsync(Write(recovery), cancellation);

    /// <summary>The recovery, when the step is one that is due.</summary>
    /// <returns>Or, first match: <see cref="RecoveryNotFound"/>, <see cref="RecoveryExpired"/>, <see cref="RecoveryStepOutOfOrder"/>.</returns>
    public async Task<Result<StoredRecovery>> FindAsync(RecoveryId id, CancellationToken cancellation, params RecoveryStep[] steps)
    {
        if (await FindAsync(id, cancellation) is not { } stored)
            return new RecoveryNotFound();
        if (stored.Recovery.ExpiresAt <= Now)
            return new RecoveryExpired();
        return steps.Contains(stored.Recovery.Next) ? stored : new RecoveryStepOutOfOrder(stored.Recovery.Next);
    }

    /// <returns>Or <see cref="RecoveryStepOutOfOrder"/>: somebody else took the step meanwhile.</returns>
    public async Task<Result<Recovery>> WriteAsync(StoredRecovery stored, Recovery after, CancellationToken cancellation)
    {
        try
        {
            await Table.UpdateEntityAsync(Write(after), stored.ETag, TableUpdateMode.Replace, cancellation);
            return after;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return await FindAsync(after.Id, cancellation) is { } now ? new RecoveryStepOutOfOrder(now.Recovery.Next) : new RecoveryNotFound();
        }
    }

    private async Task<StoredRecovery?> FindAsync(RecoveryId id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(id), Row, null, cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    private static string Partition(RecoveryId id) => id.Value.ToString("N");

    private static TableEntity Write(Recovery it) => new(Partition(it.Id), Row)
    {
        ["Next"] = it.Next.ToString(),
        ["Customer"] = it.Customer?.Value!,
        ["CountedAt"] = it.Partition,
        ["UniqueCode"] = it.UniqueCode?.Value!,
        ["ExpiresAt"] = it.ExpiresAt.ToUnixTimeTicks(),
    };

    private static StoredRecovery Read(RecoveryId id, TableEntity row) => new(
        new Recovery(id, Enum.Parse<RecoveryStep>(row.GetString("Next")!), Instant.FromUnixTimeTicks(row.GetInt64("ExpiresAt")!.Value))
        {
            Customer = CustomerId.Find(row.GetString("Customer")),
            Partition = row.GetString("CountedAt")!,
            UniqueCode = row.GetString("UniqueCode") is { } code ? new UniqueCodeId(code) : null,
        },
        row.ETag);
}

internal sealed record StoredRecovery(Recovery Recovery, ETag ETag);

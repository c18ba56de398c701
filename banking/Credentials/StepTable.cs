using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>How something that is proven in steps, within a time, lies in its table and what it refuses: a registration, a recovery.</summary>
internal sealed record StepRules<T, TStep>(string Table, string Row)
{
    public required Func<T, Guid> IdOf { get; init; }

    public required Func<T, TStep> NextOf { get; init; }

    public required Func<T, Instant> ExpiryOf { get; init; }

    /// <summary>Fills the row's columns; <c>Next</c> and <c>ExpiresAt</c> are the table's.</summary>
    public required Action<T, TableEntity> Write { get; init; }

    public required Func<Guid, TStep, Instant, TableEntity, T> Read { get; init; }

    public required Func<Error> NotFound { get; init; }

    public required Func<Error> Expired { get; init; }

    public required Func<TStep, Error> OutOfOrder { get; init; }
}

/// <summary>A table of things that are proven in steps: one partition with one row each, and a step is taken by whoever has read it last.</summary>
internal sealed class StepTable<T, TStep>(StepRules<T, TStep> rules, BankTables tables, ExpiredProofs expired, TimeProvider time)
    where TStep : struct, Enum
{
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private TableClient Table => tables.Open(rules.Table);

    public async Task AddAsync(T it, CancellationToken cancellation)
    {
        var row = Write(it);
        await expired.PlanAsync(new ExpiringRow(rules.Table, row.PartitionKey, row.RowKey), rules.ExpiryOf(it), cancellation);
        await Table.AddEntityAsync(row, cancellation);
    }

    /// <summary>The thing, when the step is one that is due.</summary>
    /// <returns>Or, first match, what the rules say: not found, expired, out of order.</returns>
    public async Task<Result<Stored<T>>> FindAsync(Guid id, CancellationToken cancellation, params TStep[] steps)
    {
        if (await FindAsync(id, cancellation) is not { } stored)
            return rules.NotFound();
        if (rules.ExpiryOf(stored.Value) <= Now)
            return rules.Expired();
        return steps.Contains(rules.NextOf(stored.Value)) ? stored : rules.OutOfOrder(rules.NextOf(stored.Value));
    }

    /// <returns>Or out of order: somebody else took the step meanwhile.</returns>
    public async Task<Result<T>> WriteAsync(Stored<T> stored, T after, CancellationToken cancellation)
    {
        try
        {
            await Table.UpdateEntityAsync(Write(after), stored.ETag, TableUpdateMode.Replace, cancellation);
            return after;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return await FindAsync(rules.IdOf(after), cancellation) is { } now ? rules.OutOfOrder(rules.NextOf(now.Value)) : rules.NotFound();
        }
    }

    private async Task<Stored<T>?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(id.ToString("N"), rules.Row, null, cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    private TableEntity Write(T it)
    {
        var row = new TableEntity(rules.IdOf(it).ToString("N"), rules.Row)
        {
            ["Next"] = rules.NextOf(it).ToString(),
            [ExpiredProofs.ExpiresAt] = rules.ExpiryOf(it).ToUnixTimeTicks(),
        };
        rules.Write(it, row);
        return row;
    }

    private Stored<T> Read(Guid id, TableEntity row) => new(
        rules.Read(id, Enum.Parse<TStep>(row.GetString("Next")!), Instant.FromUnixTimeTicks(row.GetInt64(ExpiredProofs.ExpiresAt)!.Value), row), row.ETag);
}

internal sealed record Stored<T>(T Value, ETag ETag);

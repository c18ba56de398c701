using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>A trial balance of books, or the proof of one account, too large for one go: it is read in steps, and whoever takes the next one continues where the last ended.</summary>
/// <remarks>
/// Kept between steps: one row, whatever the size of the books. A step that dies is taken again from its beginning, or from its last thousands of rows.
/// The result is that of one whole reading (<see cref="ProveBooks"/>) as of the run's start.
/// </remarks>
public sealed class ProveBooksInSteps
{
    public const int RowsAtMost = 1_000_000;

    private const int PagesBetweenSaves = 20;
    private const int RowsInPage = 1000;

    private readonly BankTables tables;
    private readonly ProveBooks prove;
    private readonly BooksRuns runs;

    internal ProveBooksInSteps(BankTables tables, ProveBooks prove, BooksRuns runs) => (this.tables, this.prove, this.runs) = (tables, prove, runs);

    internal static Guid IdOf(string key) => StableGuid.Of("trial_balance", key);

    /// <param name="key">The same key finds the same run.</param>
    /// <returns>The run, of which nothing is read yet; for a repeated key as it is now.</returns>
    public async Task<BooksRun> StartAsync(string key, CancellationToken cancellation)
    {
        var id = IdOf(key);
        if (await runs.FindAsync(id, cancellation) is { } earlier)
        {
            return earlier.Run;
        }

        var started = new StoredRun(BooksRun.Of(id, await prove.StartAsync(cancellation), result: null), null, default);
        return await runs.TryAddAsync(started, cancellation) ? started.Run : (await runs.FindAsync(id, cancellation))!.Run;
    }

    /// <summary>The proof of one account, in steps like a trial balance: of the books it reads that account's rows alone, and its result sums nothing.</summary>
    /// <param name="key">The same key and account finds the same run.</param>
    /// <returns>The run, of which nothing is read yet; for a repeated key as it is now. Or <see cref="AccountNotFound"/>.</returns>
    public async Task<Result<BooksRun>> StartAsync(string key, AccountId account, CancellationToken cancellation)
    {
        var id = StableGuid.Of("account_proof", account.Value.ToString("N"), key);
        if (await runs.FindAsync(id, cancellation) is { } earlier)
        {
            return earlier.Run;
        }

        if (!(await tables.Open(LedgerKeys.Table).GetEntityIfExistsAsync<TableEntity>(
            LedgerKeys.Partition(account), LedgerKeys.Head, ["PartitionKey"], cancellation)).HasValue)
        {
            return new AccountNotFound();
        }

        var started = new StoredRun(BooksRun.Of(id, await prove.StartAsync(cancellation), result: null, account), null, default);
        return await runs.TryAddAsync(started, cancellation) ? started.Run : (await runs.FindAsync(id, cancellation))!.Run;
    }

    /// <returns>The run as its last step left it; or <see cref="TrialBalanceNotFound"/>.</returns>
    public async Task<Result<BooksRun>> FindAsync(Guid id, CancellationToken cancellation) =>
        await runs.FindAsync(id, cancellation) is { } stored ? stored.Run : new TrialBalanceNotFound();

    /// <summary>Reads on; the step that reaches the end also looks again at what did not add up.</summary>
    /// <param name="rows">About how many; 1 to <see cref="RowsAtMost"/>.</param>
    /// <returns>The run after the step; a finished one as it is. Or, first match: <see cref="TrialBalanceNotFound"/>, <see cref="TrialBalanceBusy"/>.</returns>
    public async Task<Result<BooksRun>> ContinueAsync(Guid id, int rows, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, RowsAtMost);
        if (await runs.FindAsync(id, cancellation) is not { } stored)
        {
            return new TrialBalanceNotFound();
        }

        if (stored.Run.Result is not null)
        {
            return stored.Run;
        }

        try
        {
            return await ReadOnAsync(stored, rows, cancellation);
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return new TrialBalanceBusy();
        }
    }

    private async Task<BooksRun> ReadOnAsync(StoredRun stored, int rows, CancellationToken cancellation)
    {
        var reading = stored.Run.Reading;
        var until = reading.Rows + rows;
        var account = stored.Run.Account;
        var filter = account is { } one ? TableClient.CreateQueryFilter($"PartitionKey eq {LedgerKeys.Partition(one)}") : null;
        var pages = tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(filter, Math.Min(rows, RowsInPage), cancellationToken: cancellation)
            .AsPages(stored.Position);
        var unsaved = 0;
        await foreach (var page in pages)
        {
            foreach (var row in page.Values)
            {
                reading.Add(row);
            }

            if (page.ContinuationToken is not { Length: > 0 } position)
            {
                break;
            }

            var isEnough = reading.Rows >= until;
            if (isEnough || ++unsaved == PagesBetweenSaves)
            {
                stored = await runs.SaveAsync(new StoredRun(BooksRun.Of(stored.Run.Id, reading, result: null, account), position, stored.ETag), cancellation);
                unsaved = 0;
            }

            if (isEnough)
            {
                return stored.Run;
            }
        }

        var result = await (account is null ? prove.FinishAsync(reading, cancellation) : prove.FinishAccountAsync(reading, cancellation));
        return (await runs.SaveAsync(new StoredRun(BooksRun.Of(stored.Run.Id, reading, result, account), null, stored.ETag), cancellation)).Run;
    }
}

/// <summary>A trial balance under way, or done.</summary>
/// <param name="AsOf">Later journals, and those open then, are left out.</param>
/// <param name="Percent">About how much is read; 100 when it is done.</param>
/// <param name="Result">Null while it is under way.</param>
/// <param name="Account">The one account that is proven; null: all books.</param>
public sealed record BooksRun(Guid Id, Instant AsOf, int Percent, long Rows, long Accounts, long Entries, TrialBalance? Result, AccountId? Account)
{
    internal BooksReading Reading { get; private init; } = null!;

    internal static BooksRun Of(Guid id, BooksReading reading, TrialBalance? result, AccountId? account = null) => new(
        id, reading.AsOf, result is not null ? 100 : account is null ? reading.Percent : reading.PercentOfAccount, reading.Rows, reading.Accounts, reading.Entries,
        result, account)
    { Reading = reading };
}

using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Table <c>proofs</c>: a row for each trial balance in steps, guarded by its ETag so that two steps at once count once.</summary>
internal sealed class BooksRuns(BankTables tables)
{
    public const string TableName = "proofs";
    private const string Row = "run";

    /// <summary>A binary column holds 64 KiB.</summary>
    private const int BytesInColumn = 32 * 1024;

    /// <summary>With the other columns it stays below the megabyte of a row: 20,000 journals open at once.</summary>
    private const int OpenBytesAtMost = 320_000;

    private TableClient Table => tables.Open(TableName);

    public async Task<StoredRun?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(id), Row, null, cancellation);
        return row.HasValue ? From(id, row.Value!) : null;
    }

    /// <returns>False when it is there already.</returns>
    public async Task<bool> TryAddAsync(StoredRun run, CancellationToken cancellation)
    {
        try
        {
            await Table.AddEntityAsync(ToRow(run), cancellation);
            return true;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            return false;
        }
    }

    /// <exception cref="RequestFailedException">412: another step was first.</exception>
    public async Task<StoredRun> SaveAsync(StoredRun run, CancellationToken cancellation)
    {
        var answer = await Table.UpdateEntityAsync(ToRow(run), run.ETag, TableUpdateMode.Replace, cancellation);
        return run with { ETag = answer.Headers.ETag ?? default };
    }

    private static string Partition(Guid id) => id.ToString("N");

    private static TableEntity ToRow(StoredRun stored)
    {
        var snapshot = stored.Run.Reading.Save();
        if (snapshot.OpenNow.Length > OpenBytesAtMost)
        {
            throw new InvalidOperationException("So many journals are open that a trial balance tells little: let the sweeper finish them first.");
        }

        var row = new TableEntity(Partition(stored.Run.Id), Row) { ["Position"] = stored.Position ?? "" };
        if (stored.Run.Account is { } account)
        {
            row["Account"] = account.Value;
        }

        Write(row, "Seen", snapshot.Seen);
        Write(row, "Groups", snapshot.Groups);
        Write(row, "Open", snapshot.OpenNow);
        if (stored.Run.Result is { } result)
        {
            Write(row, "Result", JsonSerializer.SerializeToUtf8Bytes(new StoredResult(
                [.. result.Currencies.Select(total => new StoredTotal(total.Debits.Currency.Code, total.Debits.Minor, total.Credits.Minor))],
                result.Accounts, result.Entries, result.Journals, result.OpenJournals, [.. result.Faults])));
        }

        return row;
    }

    private static StoredRun From(Guid id, TableEntity row)
    {
        var reading = BooksReading.Restore(new BooksSnapshot(Read(row, "Seen"), Read(row, "Groups"), Read(row, "Open")));
        var result = row.ContainsKey("Result0") ? ToResult(JsonSerializer.Deserialize<StoredResult>(Read(row, "Result"))!, reading.AsOf) : null;
        return new StoredRun(BooksRun.Of(id, reading, result, row.GetGuid("Account") is { } account ? new AccountId(account) : null), row.RequiredText("Position") is { Length: > 0 } position ? position : null, row.ETag);
    }

    private static TrialBalance ToResult(StoredResult result, Instant asOf) => new(
        asOf,
        [.. result.Currencies.Select(total => (Currency.Of(total.Currency), total)).Select(pair =>
            new CurrencyTotal(Money.OfMinor(pair.total.Debits, pair.Item1), Money.OfMinor(pair.total.Credits, pair.Item1)))],
        result.Accounts, result.Entries, result.Journals, result.OpenJournals, result.Faults);

    private static void Write(TableEntity row, string name, byte[] bytes)
    {
        foreach (var (column, part) in bytes.Chunk(BytesInColumn).Index())
        {
            row[$"{name}{column}"] = part;
        }
    }

    private static byte[] Read(TableEntity row, string name)
    {
        var bytes = new List<byte>();
        for (var column = 0; row.GetBinary($"{name}{column}") is { } part; column++)
        {
            bytes.AddRange(part);
        }

        return [.. bytes];
    }

    private sealed record StoredResult(StoredTotal[] Currencies, long Accounts, long Entries, long Journals, long OpenJournals, BookFault[] Faults);

    private sealed record StoredTotal(string Currency, long Debits, long Credits);
}

/// <param name="Position">The query's continuation token; null before the first row, and when the run is done.</param>
internal sealed record StoredRun(BooksRun Run, string? Position, ETag ETag);

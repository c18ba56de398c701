using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>
/// The trial balance: per currency all entries sum to zero, every head is the sum of its entries, every marker has its entries, every
/// journal's legs are booked, every hash holds. Reads the books once, in memory that does not grow with them.
/// </summary>
/// <remarks>
/// Postings may go on meanwhile: journals after the start, and those open at the start, are left out of the sums; an account that
/// changed while it was read is read again.
/// </remarks>
public sealed partial class ProveBooks
{
    private readonly BankTables tables;
    private readonly OpenJournals open;
    private readonly ProveAccount accounts;
    private readonly TimeProvider time;
    private readonly ILogger<ProveBooks> log;

    internal ProveBooks(BankTables tables, OpenJournals open, ProveAccount accounts, TimeProvider time, ILogger<ProveBooks> log) =>
        (this.tables, this.open, this.accounts, this.time, this.log) = (tables, open, accounts, time, log);

    public async Task<TrialBalance> RunAsync(CancellationToken cancellation)
    {
        var reading = await StartAsync(cancellation);
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            reading.Add(row);
        }

        return await FinishAsync(reading, cancellation);
    }

    internal async Task<BooksReading> StartAsync(CancellationToken cancellation)
    {
        var asOf = Instant.FromDateTimeOffset(time.GetUtcNow());
        var openNow = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in open.ListAsync(olderThan: null, cancellation))
        {
            openNow.Add(row.Key.Split('|')[1]);
        }

        return new BooksReading(asOf, openNow);
    }

    /// <summary>After the last row: looks again at what did not add up, and says what is wrong.</summary>
    internal async Task<TrialBalance> FinishAsync(BooksReading reading, CancellationToken cancellation)
    {
        reading.EndPartition();
        var faults = new List<BookFault>(reading.Faults);
        foreach (var partition in reading.Suspects)
        {
            faults.AddRange((await accounts.ProveAsync(partition, cancellation)).Faults);
        }

        if (reading.WrongGroups() is { Count: > 0 } wrong)
        {
            faults.AddRange(await SearchAsync(wrong, reading, cancellation));
        }

        return Told(new TrialBalance(
            reading.AsOf, reading.Totals(), reading.Accounts, reading.Entries, reading.Journals, reading.OpenJournals,
            [.. faults.Take(BookFault.ReportedAtMost)]));
    }

    /// <summary>The same for the rows of one account: nothing is summed, because the other legs of its journals were not read.</summary>
    internal async Task<TrialBalance> FinishAccountAsync(BooksReading reading, CancellationToken cancellation)
    {
        reading.EndPartition();
        var faults = new List<BookFault>(reading.Faults);
        foreach (var partition in reading.Suspects)
        {
            faults.AddRange((await accounts.ProveAsync(partition, cancellation)).Faults);
        }

        return Told(new TrialBalance(reading.AsOf, [], reading.Accounts, reading.Entries, reading.Journals, reading.OpenJournals, faults));
    }

    /// <summary>Whoever asked may not look at the answer: what is wrong with the books is logged, and an alert waits for it.</summary>
    private TrialBalance Told(TrialBalance balance)
    {
        if (!balance.IsProven)
        {
            LogNotProven(balance.Faults.Count, balance.AsOf);
        }

        return balance;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The books are not proven: {Faults} faults as of {AsOf}")]
    private partial void LogNotProven(int faults, Instant asOf);

    /// <summary>Finds the legs that are in a journal and not in the books, or the other way round.</summary>
    private async Task<IEnumerable<BookFault>> SearchAsync(IReadOnlySet<int> groups, BooksReading reading, CancellationToken cancellation)
    {
        var twice = new List<BookFault>();
        var (expected, found) = (new Dictionary<string, BookFault>(StringComparer.Ordinal), new Dictionary<string, BookFault>(StringComparer.Ordinal));
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            foreach (var (leg, transaction, isExpected) in reading.LegsOf(row))
            {
                if (!groups.Contains(BooksReading.GroupOf(transaction)))
                {
                    continue;
                }

                var fault = new BookFault(row.PartitionKey, row.RowKey, isExpected ? BookFault.LegMissing : BookFault.LegWithoutJournal);
                var known = isExpected ? expected : found;
                if (!known.TryAdd(leg, fault))
                {
                    // Which of the two is the forged one cannot be told.
                    twice.AddRange([known[leg], fault]);
                }
            }
        }

        return expected.Where(leg => !found.ContainsKey(leg.Key)).Concat(found.Where(leg => !expected.ContainsKey(leg.Key))).Select(leg => leg.Value).Concat(twice);
    }
}

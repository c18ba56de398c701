using System.Globalization;
using Azure.Data.Tables;
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
public sealed class ProveBooks
{
    /// <summary>Journals are told apart in this many groups, so that a wrong one is searched in its group only.</summary>
    private const int Groups = 4096;

    private const int GroupsSearchedAtMost = 32;

    private readonly BankTables tables;
    private readonly OpenJournals open;
    private readonly ProveAccount accounts;
    private readonly TimeProvider time;

    internal ProveBooks(BankTables tables, OpenJournals open, ProveAccount accounts, TimeProvider time) =>
        (this.tables, this.open, this.accounts, this.time) = (tables, open, accounts, time);

    public async Task<TrialBalance> RunAsync(CancellationToken cancellation)
    {
        var asOf = Instant.FromDateTimeOffset(time.GetUtcNow());
        var openNow = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in open.ListAsync(olderThan: null, cancellation))
        {
            openNow.Add(row.Key.Split('|')[1]);
        }

        var reading = new Reading(asOf, openNow);
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            reading.Add(row);
        }

        reading.EndPartition();
        foreach (var partition in reading.Suspects)
        {
            reading.Faults.AddRange((await accounts.ProveAsync(partition, cancellation)).Faults);
        }

        if (reading.WrongGroups() is { Count: > 0 } wrong)
        {
            reading.Faults.AddRange(await SearchAsync(wrong, reading, cancellation));
        }

        return new TrialBalance(
            asOf, reading.Totals(), reading.Accounts, reading.Entries, reading.Journals, openNow.Count,
            [.. reading.Faults.Take(BookFault.ReportedAtMost)]);
    }

    /// <summary>Finds the legs that are in a journal and not in the books, or the other way round.</summary>
    private async Task<IEnumerable<BookFault>> SearchAsync(IReadOnlySet<int> groups, Reading reading, CancellationToken cancellation)
    {
        var twice = new List<BookFault>();
        var (expected, found) = (new Dictionary<string, BookFault>(StringComparer.Ordinal), new Dictionary<string, BookFault>(StringComparer.Ordinal));
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(cancellationToken: cancellation))
        {
            foreach (var (leg, transaction, isExpected) in reading.LegsOf(row))
            {
                if (!groups.Contains(GroupOf(transaction)))
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

    private static int GroupOf(string transaction) =>
        transaction.Length == 32 && int.TryParse(transaction.AsSpan(0, 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group) ? group : 0;

    private sealed class Reading(Instant asOf, HashSet<string> openNow)
    {
        private readonly SortedDictionary<string, (Int128 Debits, Int128 Credits)> totals = new(StringComparer.Ordinal);
        private readonly UInt128[] groups = new UInt128[Groups];
        private AccountProof? current;
        private string? partition;

        public List<BookFault> Faults { get; } = [];

        public List<string> Suspects { get; } = [];

        public long Accounts { get; private set; }

        public long Entries { get; private set; }

        public long Journals { get; private set; }

        public void Add(TableEntity row)
        {
            if (row.PartitionKey != partition)
            {
                EndPartition();
                partition = row.PartitionKey;
                current = IsAccount(partition) ? new AccountProof(partition) : null;
            }

            current?.Add(row);
            if (current is null && !RowSeal.IsIntact(row) && Faults.Count < BookFault.ReportedAtMost)
            {
                Faults.Add(new BookFault(row.PartitionKey, row.RowKey, BookFault.HashWrong));
            }

            AddToSums(row);
        }

        public void EndPartition()
        {
            if (current is not { } proof)
            {
                return;
            }

            Accounts += proof.HasHead ? 1 : 0;
            if ((proof.Finish().Count > 0 || !proof.IsMatched) && Suspects.Count < BookFault.ReportedAtMost)
            {
                Suspects.Add(partition!);
            }

            current = null;
        }

        public IReadOnlyList<CurrencyTotal> Totals() =>
            [.. totals.Select(total => new CurrencyTotal(ToMoney(total.Value.Debits, total.Key), ToMoney(total.Value.Credits, total.Key)))];

        public HashSet<int> WrongGroups() => [.. Enumerable.Range(0, Groups).Where(group => groups[group] != 0).Take(GroupsSearchedAtMost)];

        /// <summary>The legs that a row says should be booked (a deciding marker) or is (an entry), as far as the sums take them in.</summary>
        public IEnumerable<(string Leg, string Transaction, bool IsExpected)> LegsOf(TableEntity row)
        {
            if (IsEntry(row) && row.Text("Transaction") is { } transaction && IsTaken(row.Text("PostedAt"), transaction))
            {
                yield return ($"{transaction}|{row.Number("Leg")}|{row.Number("Minor")}|{row.Text("Currency")}", transaction, false);
            }
            else if (row.RowKey.StartsWith(LedgerKeys.MarkerPrefix, StringComparison.Ordinal) && FindJournal(row) is { } journal
                && IsTaken(row.Text("At"), journal.Id.ToString()))
            {
                for (var leg = 0; leg < journal.Legs.Count; leg++)
                {
                    var signed = journal.Legs[leg].Signed;
                    yield return ($"{journal.Id}|{leg}|{signed.Minor}|{signed.Currency.Code}", journal.Id.ToString(), true);
                }
            }
        }

        private void AddToSums(TableEntity row)
        {
            var isExpected = false;
            foreach (var (leg, transaction, expected) in LegsOf(row))
            {
                groups[GroupOf(transaction)] += expected ? Sum.Of(leg) : unchecked(0 - Sum.Of(leg));
                isExpected = expected;
                if (!expected)
                {
                    var (minor, currency) = (row.Number("Minor") ?? 0, row.Text("Currency") ?? "");
                    var (debits, credits) = totals.GetValueOrDefault(currency);
                    totals[currency] = minor < 0 ? (debits - minor, credits) : (debits, credits + minor);
                }
            }

            Journals += isExpected ? 1 : 0;
            Entries += IsEntry(row) ? 1 : 0;
        }

        private bool IsTaken(string? at, string transaction) =>
            !openNow.Contains(transaction)
            && NodaTime.Text.InstantPattern.ExtendedIso.Parse(at ?? "") is { Success: true } moment && moment.Value <= asOf;

        private static bool IsEntry(TableEntity row) =>
            row.RowKey.StartsWith(LedgerKeys.EntryPrefix, StringComparison.Ordinal)
            || row.PartitionKey.StartsWith(LedgerKeys.BankPrefix, StringComparison.Ordinal);

        private static Journal? FindJournal(TableEntity row)
        {
            try
            {
                return row.Text("Journal") is { } text ? JournalText.Read(text) : null;
            }
            catch (FormatException)
            {
                // The row's seal does not hold either, and names it.
                return null;
            }
        }

        private static bool IsAccount(string partition) => Guid.TryParseExact(partition, "N", out _);

        private static Money ToMoney(Int128 minor, string code) =>
            Money.OfMinor((long)Int128.Clamp(minor, long.MinValue, long.MaxValue), Currency.Find(code) ?? Currency.All);
    }
}

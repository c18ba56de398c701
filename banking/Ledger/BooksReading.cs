using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>What a reading of all books has seen so far, in memory that does not grow with them; it can be laid aside and taken up again.</summary>
/// <remarks>Rows come in the order of their keys. Journals after the start, and those open at the start, are left out of the sums.</remarks>
internal sealed class BooksReading
{
    /// <summary>Journals are told apart in this many groups, so that a wrong one is searched in its group only.</summary>
    private const int Groups = 4096;

    private const int GroupsSearchedAtMost = 32;

    private readonly SortedDictionary<string, (Int128 Debits, Int128 Credits)> totals = new(StringComparer.Ordinal);
    private readonly UInt128[] groups = new UInt128[Groups];
    private readonly HashSet<string> openNow;
    private AccountProof? current;
    private string? partition;

    public BooksReading(Instant asOf, HashSet<string> openNow) => (AsOf, this.openNow) = (asOf, openNow);

    public Instant AsOf { get; }

    public List<BookFault> Faults { get; private init; } = [];

    /// <summary>Accounts that did not add up while they were read: postings in between, or a fault.</summary>
    public List<string> Suspects { get; private init; } = [];

    public long Accounts { get; private set; }

    public long Entries { get; private set; }

    public long Journals { get; private set; }

    public long Rows { get; private set; }

    public int OpenJournals => openNow.Count;

    /// <summary>Percent of the keys gone by: accounts' ids are spread evenly, so it is near the percent of the rows.</summary>
    public int Percent => partition is { Length: >= 2 } && int.TryParse(partition.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
        ? start * 100 / 256
        : partition is null ? 0 : 99;

    /// <summary>The same of one account's entries, of which the head says how many there are; then come holds and markers.</summary>
    public int PercentOfAccount => current?.PercentOfEntries ?? (partition is null ? 0 : 99);

    public void Add(TableEntity row)
    {
        if (row.PartitionKey != partition)
        {
            EndPartition();
            partition = row.PartitionKey;
            current = IsAccount(partition) ? new AccountProof(partition, AsOf) : null;
        }

        Rows++;
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

    public static int GroupOf(string transaction) =>
        transaction.Length == 32 && int.TryParse(transaction.AsSpan(0, 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group) ? group : 0;

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

    /// <summary>Everything seen so far, for <see cref="Restore"/>.</summary>
    public BooksSnapshot Save() => new(
        JsonSerializer.SerializeToUtf8Bytes(new Stored(
            LedgerText.Of(AsOf), partition, current?.Save(), Accounts, Entries, Journals, Rows, Faults, Suspects,
            [.. totals.Select(total => new StoredTotal(total.Key, total.Value.Debits, total.Value.Credits))])),
        MemoryMarshal.AsBytes(groups.AsSpan()).ToArray(), [.. openNow.SelectMany(Convert.FromHexString)]);

    public static BooksReading Restore(BooksSnapshot snapshot)
    {
        var stored = JsonSerializer.Deserialize<Stored>(snapshot.Seen)!;
        var openNow = snapshot.OpenNow.Chunk(16).Select(Convert.ToHexStringLower).ToHashSet(StringComparer.Ordinal);
        var reading = new BooksReading(LedgerText.ToInstant(stored.AsOf), openNow)
        {
            Faults = stored.Faults,
            Suspects = stored.Suspects,
            Accounts = stored.Accounts,
            Entries = stored.Entries,
            Journals = stored.Journals,
            Rows = stored.Rows,
            partition = stored.Partition,
            current = stored.Current is { } proof ? AccountProof.Restore(stored.Partition!, LedgerText.ToInstant(stored.AsOf), proof) : null,
        };
        snapshot.Groups.CopyTo(MemoryMarshal.AsBytes(reading.groups.AsSpan()));
        foreach (var total in stored.Totals)
        {
            reading.totals[total.Currency] = (total.Debits, total.Credits);
        }

        return reading;
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
        && NodaTime.Text.InstantPattern.ExtendedIso.Parse(at ?? "") is { Success: true } moment && moment.Value <= AsOf;

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

    private sealed record Stored(
        string AsOf, string? Partition, AccountProofState? Current, long Accounts, long Entries, long Journals, long Rows, List<BookFault> Faults, List<string> Suspects,
        StoredTotal[] Totals);

    private sealed record StoredTotal(string Currency, Int128 Debits, Int128 Credits);
}

/// <summary>A reading as bytes.</summary>
/// <param name="Seen">Below 64 KiB.</param>
/// <param name="Groups">Exactly 64 KiB.</param>
/// <param name="OpenNow">Sixteen bytes for each journal that was open at the start.</param>
internal sealed record BooksSnapshot(byte[] Seen, byte[] Groups, byte[] OpenNow);

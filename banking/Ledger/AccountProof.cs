using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Checks the rows of one account's partition as they stream by in the order of their keys: head, entries newest first, holds, markers.</summary>
/// <remarks>Memory does not grow with the account: that every entry has its marker and back is told by two sums of hashes being equal.</remarks>
/// <param name="asOf">Of a reading that takes long: what was posted later, after the newest entry that it saw, is not missed among the entries. Null: the rows are read in one go.</param>
internal sealed class AccountProof(string partition, Instant? asOf = null)
{
    private readonly List<BookFault> faults = [];
    private HeadSeen? head;
    private EntrySeen? newer;
    private string? newestHash;
    private long newestSequence;
    private Int128 balance;
    private Int128 held;
    private UInt128 entriesSeen;
    private UInt128 markersSeen;
    private UInt128 capturesTold;
    private UInt128 capturesSeen;
    private UInt128 holdsSeen;

    public long Entries { get; private set; }

    public bool HasHead => head is not null;

    /// <summary>Half of the rows are entries, half are markers.</summary>
    public int PercentOfEntries => head?.Sequence is > 0 and { } all ? (int)Math.Clamp(Entries * 50 / all, 0, 99) : 0;

    /// <summary>Entries and markers match, and captured holds and the journals that captured them; if not, which ones takes a second look.</summary>
    public bool IsMatched => entriesSeen == markersSeen && capturesTold == capturesSeen;

    public void Add(TableEntity row)
    {
        if (!RowSeal.IsIntact(row))
        {
            Fault(row.RowKey, BookFault.HashWrong);
        }

        if (row.RowKey.StartsWith(LedgerKeys.EntryPrefix, StringComparison.Ordinal))
        {
            AddEntry(row);
        }
        else if (row.RowKey == LedgerKeys.Head)
        {
            head = new HeadSeen(row.Number("Balance"), row.Number("Sequence"), row.Text("LastHash"), row.Number("Held"), row.Text("Holds"));
        }
        else if (row.RowKey.StartsWith(LedgerKeys.HoldPrefix, StringComparison.Ordinal))
        {
            holdsSeen += Hold.Mark(row);
            held += row.Text("State") == nameof(HoldState.Held) ? row.Number("Minor") ?? 0 : 0;
            capturesSeen += row.Text("State") == nameof(HoldState.Captured) ? Capture(row.RowKey, row.Text("CapturedBy")) : 0;
        }
        else if (row.RowKey.StartsWith(LedgerKeys.MarkerPrefix, StringComparison.Ordinal))
        {
            AddMarker(row);
        }
        else if (!row.RowKey.StartsWith(LedgerKeys.ReversalPrefix, StringComparison.Ordinal) && !row.RowKey.StartsWith(LedgerKeys.GrantPrefix, StringComparison.Ordinal))
        {
            Fault(row.RowKey, BookFault.UnknownRow);
        }
    }

    /// <summary>Everything seen so far, for <see cref="Restore"/>.</summary>
    public AccountProofState Save() => new([.. faults], head, newer, newestHash, newestSequence, balance, held, entriesSeen, markersSeen, capturesTold, capturesSeen, holdsSeen, Entries);

    public static AccountProof Restore(string partition, Instant asOf, AccountProofState state)
    {
        var proof = new AccountProof(partition, asOf)
        {
            head = state.Head,
            newer = state.Newer,
            newestHash = state.NewestHash,
            newestSequence = state.NewestSequence,
            balance = state.Balance,
            held = state.Held,
            entriesSeen = state.EntriesSeen,
            markersSeen = state.MarkersSeen,
            capturesTold = state.CapturesTold,
            capturesSeen = state.CapturesSeen,
            holdsSeen = state.HoldsSeen,
            Entries = state.Entries,
        };
        proof.faults.AddRange(state.Faults);
        return proof;
    }

    /// <returns>What is wrong; empty when nothing is.</returns>
    public IReadOnlyList<BookFault> Finish()
    {
        if (newer is { } oldest && (oldest.Sequence != 1 || oldest.BalanceBefore != 0 || oldest.Previous != Genesis))
        {
            Fault(oldest.Row, oldest.Sequence != 1 ? BookFault.SequenceGap : oldest.BalanceBefore != 0 ? BookFault.BalanceWrong : BookFault.ChainBroken);
        }

        if (head is null)
        {
            if (Entries > 0)
            {
                Fault(LedgerKeys.Head, BookFault.HeadMissing);
            }

            return faults;
        }

        Require(head.Balance == balance, LedgerKeys.Head, BookFault.BalanceWrong);
        Require(head.Sequence == newestSequence, LedgerKeys.Head, BookFault.SequenceGap);
        Require(head.LastHash == (newestHash ?? Genesis), LedgerKeys.Head, BookFault.ChainBroken);
        Require(head.Held == held, LedgerKeys.Head, BookFault.HeldWrong);
        Require((head.Holds ?? "") == LedgerText.Of(holdsSeen), LedgerKeys.Head, BookFault.HoldsWrong);
        return faults;
    }

    private string Genesis => RowSeal.Hex(partition);

    private void AddEntry(TableEntity row)
    {
        var (sequence, minor, after) = (row.Number("Sequence") ?? 0, row.Number("Minor") ?? 0, row.Number("Balance") ?? 0);
        if (newer is { } next)
        {
            Require(next.Sequence == sequence + 1, next.Row, BookFault.SequenceGap);
            Require(next.Previous == row.Text(RowSeal.Column), next.Row, BookFault.ChainBroken);
            Require(next.BalanceBefore == after, next.Row, BookFault.BalanceWrong);
        }
        else
        {
            newestHash = row.Text(RowSeal.Column);
            newestSequence = sequence;
        }

        Require(row.RowKey == LedgerKeys.Entry(sequence), row.RowKey, BookFault.SequenceGap);
        newer = new EntrySeen(row.RowKey, sequence, row.Text("Previous") ?? "", unchecked(after - minor));
        balance += minor;
        entriesSeen += Pair(row.Text("Marker"), sequence);
        Entries++;
    }

    private void AddMarker(TableEntity row)
    {
        if (asOf is { } start && row.Number("First") > newestSequence
            && NodaTime.Text.InstantPattern.ExtendedIso.Parse(row.Text("At") ?? "") is { Success: true } at && at.Value > start)
        {
            return;
        }

        if (Marker.CapturedBy(row) is var (hold, journal))
        {
            capturesTold += Capture(LedgerKeys.Hold(hold), journal.ToString());
        }

        if (row.Text("State") == nameof(MarkerState.Posted) && row.Number("First") is { } first && row.Number("Count") is { } count and <= Journal.LegsAtMost)
        {
            for (var sequence = first; sequence < first + count; sequence++)
            {
                markersSeen += Pair(row.RowKey, sequence);
            }
        }
    }

    private void Require(bool holds, string row, string problem)
    {
        if (!holds)
        {
            Fault(row, problem);
        }
    }

    private void Fault(string row, string problem)
    {
        if (faults.Count < BookFault.ReportedAtMost)
        {
            faults.Add(new BookFault(partition, row, problem));
        }
    }

    private static UInt128 Capture(string hold, string? journal) => Sum.Of($"{hold} by {journal}");

    private static UInt128 Pair(string? marker, long sequence) => Sum.Of(string.Create(CultureInfo.InvariantCulture, $"{marker}|{sequence}"));
}

/// <summary>An account half read.</summary>
internal sealed record AccountProofState(
    BookFault[] Faults, HeadSeen? Head, EntrySeen? Newer, string? NewestHash, long NewestSequence, Int128 Balance, Int128 Held, UInt128 EntriesSeen, UInt128 MarkersSeen,
    UInt128 CapturesTold, UInt128 CapturesSeen, UInt128 HoldsSeen, long Entries);

internal sealed record HeadSeen(long? Balance, long? Sequence, string? LastHash, long? Held, string? Holds);

/// <param name="BalanceBefore">What the entry before it must leave.</param>
internal sealed record EntrySeen(string Row, long Sequence, string Previous, long BalanceBefore);

/// <summary>A set's fingerprint: the sum of its members' hashes does not depend on their order.</summary>
internal static class Sum
{
    public static UInt128 Of(string member) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(member)));
}

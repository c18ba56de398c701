using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>What the books add up to.</summary>
/// <param name="AsOf">Journals posted later, and those still open, are left out of the sums.</param>
/// <param name="Currencies">In order of their codes; those never used are absent.</param>
/// <param name="Faults">At most <see cref="BookFault.ReportedAtMost"/>; empty when every check holds.</param>
public sealed record TrialBalance(
    Instant AsOf, IReadOnlyList<CurrencyTotal> Currencies, long Accounts, long Entries, long Journals, long OpenJournals, IReadOnlyList<BookFault> Faults)
{
    /// <summary>Nothing is wrong, and debits equal credits in every currency.</summary>
    public bool IsProven => Faults.Count == 0 && Currencies.All(total => total.Debits == total.Credits);
}

/// <param name="Debits">Sum of all debits, positive.</param>
/// <param name="Credits">Sum of all credits.</param>
public sealed record CurrencyTotal(Money Debits, Money Credits);

/// <summary>One thing in the books that cannot be right, and where to look.</summary>
/// <param name="Partition">Of the table <c>ledger</c>.</param>
/// <param name="Row">Its row key.</param>
/// <param name="Problem">One of the constants of this type.</param>
public sealed record BookFault(string Partition, string Row, string Problem)
{
    public const int ReportedAtMost = 100;

    /// <summary>The row is not as it was written.</summary>
    public const string HashWrong = "hash_wrong";

    /// <summary>The entry does not carry the hash of the one before it, or the head not that of the last.</summary>
    public const string ChainBroken = "chain_broken";

    /// <summary>A number of the account's entries is missing or twice there.</summary>
    public const string SequenceGap = "sequence_gap";

    /// <summary>The balance after the entry, or the head's, is not the sum of the entries.</summary>
    public const string BalanceWrong = "balance_wrong";

    /// <summary>The head's held amount is not the sum of the holds in force.</summary>
    public const string HeldWrong = "held_wrong";

    /// <summary>The holds are not those that the head has seen: one is gone, or one too many is there.</summary>
    public const string HoldsWrong = "holds_wrong";

    /// <summary>Entries without a head.</summary>
    public const string HeadMissing = "head_missing";

    public const string MarkerWithoutEntry = "marker_without_entry";

    public const string EntryWithoutMarker = "entry_without_marker";

    /// <summary>A journal captured a hold that does not say so, or the other way round.</summary>
    public const string CaptureWithoutOther = "capture_without_other";

    /// <summary>The deciding marker's journal has a leg that was booked nowhere.</summary>
    public const string LegMissing = "leg_missing";

    /// <summary>The entry belongs to no journal.</summary>
    public const string LegWithoutJournal = "leg_without_journal";

    public const string UnknownRow = "unknown_row";
}

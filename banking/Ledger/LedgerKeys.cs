using System.Globalization;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Keys of the table <c>ledger</c>: one partition per customer's account, so that a leg (head, entry, marker) commits together or not at all.</summary>
internal static class LedgerKeys
{
    public const string Table = "ledger";

    /// <summary>
    /// Balance, held and sequence; its ETag guards every movement of the account. Sorted right before the newest entry, so that one query reads
    /// whose account it is, what is on it and its newest lines.
    /// </summary>
    public const string Head = "account";

    public const string EntryPrefix = "entry|";
    public const string HoldPrefix = "hold|";
    public const string MarkerPrefix = "marker|";
    public const string ReversalPrefix = "reversal|";
    public const string GrantPrefix = "grant|";
    public const string BankPrefix = "bank|";
    public const string BankOnlyPrefix = "journal|";

    /// <summary>Shards of a bank account's day, and of the open journals; a power of two.</summary>
    public const int Shards = 16;

    public static string Partition(AccountId account) => account.Value.ToString("N");

    /// <summary>Newest first, because statements are read that way.</summary>
    public static string Entry(long sequence) => $"{EntryPrefix}{(long.MaxValue - sequence).ToString("D19", CultureInfo.InvariantCulture)}";

    /// <summary>On the deciding account: there once the transaction is posted, or voided; inserting it twice fails, which is the point.</summary>
    public static string Marker(TransactionId transaction) => $"{MarkerPrefix}{transaction.Value:N}";

    /// <summary>On every account of the journal. Those that follow name the deciding one too, so that an id used wrongly for two accounts cannot swallow a leg.</summary>
    public static string Marker(Journal journal, AccountId account) =>
        account == journal.Decider ? Marker(journal.Id) : $"{Marker(journal.Id)}|{Decider(journal)}";

    public static string Hold(HoldId hold) => $"{HoldPrefix}{hold.Value:N}";

    /// <summary>One reversal per journal: the row is inserted before the mirror is posted.</summary>
    public static string Reversal(TransactionId original) => $"{ReversalPrefix}{original.Value:N}";

    /// <summary>There once an overdraft was granted: beside the head in one group, so that one grant changes the limit once.</summary>
    public static string Grant(Guid grant) => $"{GrantPrefix}{grant:N}";

    /// <summary>A bank account's day, in shards: a day is one range of partitions, and two journals seldom meet in one.</summary>
    public static string BankPartition(BankAccount account, LocalDate day, TransactionId transaction) =>
        $"{BankDay(account, day)}{Shard(transaction)}";

    /// <summary>What all partitions of a bank account's day start with.</summary>
    public static string BankDay(BankAccount account, LocalDate day) => $"{BankDays(account)}{day.ToString("uuuuMMdd", CultureInfo.InvariantCulture)}|";

    public static bool IsBank(string partition) => partition.StartsWith(BankPrefix, StringComparison.Ordinal);

    public static string BankDays(BankAccount account) =>
        $"{BankPrefix}{account.Name.Replace('/', '.')}|{account.Currency.Code}|";

    /// <summary>The row key is the marker: the same leg cannot be appended twice.</summary>
    public static string BankEntry(Journal journal, int leg) =>
        $"{journal.Id.Value:N}|{leg.ToString("D2", CultureInfo.InvariantCulture)}|{Decider(journal)}";

    /// <summary>Markers of journals that touch no customer's account.</summary>
    public static string BankOnly(TransactionId transaction) => $"{BankOnlyPrefix}{Shard(transaction)}";

    /// <summary>Two hexadecimal digits, the same for ever for one transaction.</summary>
    public static string Shard(TransactionId transaction) => ShardName(transaction.Value.ToByteArray(bigEndian: true)[15] & (Shards - 1));

    private static string Decider(Journal journal) => journal.Decider is { } decider ? Partition(decider) : "bank";

    public static string ShardName(int shard) => shard.ToString("x2", CultureInfo.InvariantCulture);
}

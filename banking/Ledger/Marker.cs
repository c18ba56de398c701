using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>What became of a transaction on one account. Inserted once, never changed; only a withdrawn one is followed by posted or voided.</summary>
internal sealed record Marker(MarkerState State, string? ContentHash, Journal? Journal, Instant At, Money? BalanceAfter)
{
    public ETag ETag { get; init; }

    /// <param name="content">Hash of the journal.</param>
    /// <param name="first">Sequence of the account's first entry of the journal.</param>
    /// <param name="count">Entries of the journal on the account, one after the other.</param>
    public static TableEntity Posted(AccountId account, Journal journal, string content, Instant at, long first, long count) =>
        new(LedgerKeys.Partition(account), LedgerKeys.Marker(journal, account))
        {
            ["State"] = nameof(MarkerState.Posted),
            ["Content"] = content,
            ["At"] = LedgerText.Of(at),
            ["First"] = first,
            ["Count"] = count,
        };

    /// <summary>The deciding marker also keeps the journal, so that whoever comes later finishes exactly this one.</summary>
    public static TableEntity Deciding(TableEntity marker, Journal journal, Head after)
    {
        marker["Journal"] = JournalText.Write(journal);
        marker["Balance"] = after.Balance;
        marker["Currency"] = after.Currency.Code;
        return marker;
    }

    public static TableEntity BankOnly(Journal journal, string content, Instant at) =>
        RowSeal.Seal(new TableEntity(LedgerKeys.BankOnly(journal.Id), LedgerKeys.Marker(journal.Id))
        {
            ["State"] = nameof(MarkerState.Posted),
            ["Content"] = content,
            ["At"] = LedgerText.Of(at),
            ["First"] = 0L,
            ["Count"] = 0L,
            ["Journal"] = JournalText.Write(journal),
        });

    public static TableEntity Voided(AccountId decider, TransactionId id, Instant at) =>
        Without(LedgerKeys.Partition(decider), LedgerKeys.Marker(id), MarkerState.Voided, at);

    public static TableEntity Withdrawn(AccountId decider, TransactionId id, Instant at) =>
        Without(LedgerKeys.Partition(decider), LedgerKeys.Marker(id), MarkerState.Withdrawn, at);

    public static TableEntity Diverted(AccountId account, Journal journal, Instant at) =>
        Without(LedgerKeys.Partition(account), LedgerKeys.Marker(journal, account), MarkerState.Diverted, at);

    public static Marker From(TableEntity row) => new(
        Enum.Parse<MarkerState>(row.RequiredText("State")), row.Text("Content"),
        row.Text("Journal") is { } journal ? JournalText.Read(journal) : null, LedgerText.ToInstant(row.RequiredText("At")),
        row.Number("Balance") is { } balance ? Money.OfMinor(balance, Currency.Of(row.RequiredText("Currency"))) : null)
    { ETag = row.ETag };

    /// <summary>The hold that a deciding marker's journal uses; null for any other row, a damaged one too.</summary>
    public static (HoldId Hold, TransactionId Journal)? CapturedBy(TableEntity row)
    {
        // Few journals capture, and reading one costs more than looking for the word.
        if (row.Text("Journal") is not { } text || !text.Contains("\"Captures\":", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JournalText.Read(text) is { Captures: { } hold } journal ? (hold, journal.Id) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static TableEntity Without(string partition, string row, MarkerState state, Instant at) => RowSeal.Seal(new TableEntity(partition, row)
    {
        ["State"] = state.ToString(),
        ["At"] = LedgerText.Of(at),
    });
}

internal enum MarkerState
{
    /// <summary>Its entries are on the account.</summary>
    Posted,

    /// <summary>It was not posted, and is not unless its caller repeats it: what it depends on is not there.</summary>
    Withdrawn,

    /// <summary>It will never be posted.</summary>
    Voided,

    /// <summary>The account could not take its credit, which went to suspense.</summary>
    Diverted,
}

using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Money that waits for a person, because the account it was meant for could not take it any more when its turn came.</summary>
/// <param name="Transaction">The journal whose credit it was.</param>
/// <param name="Description">As the customer would have read it.</param>
/// <param name="Since">When the journal was posted.</param>
/// <param name="ResolvedTo">The account that gets it; set from the moment it is being booked there.</param>
public sealed record SuspenseItem(
    Guid Id, TransactionId Transaction, AccountId IntendedFor, Money Amount, string Kind, string Description, Party? Counterparty, Instant Since,
    SuspenseState State, AccountId? ResolvedTo)
{
    internal ETag ETag { get; init; }

    /// <summary>Resolutions that were refused and voided so far: each try is a journal of its own.</summary>
    internal long Refusals { get; init; }

    internal static Guid IdOf(TransactionId transaction, AccountId account) => StableGuid.Of("suspense", transaction.ToString(), account.ToString());

    internal static SuspenseItem From(TableEntity row) => new(
        Guid.ParseExact(row.RowKey[SuspenseKeys.ItemPrefix.Length..], "N"), new TransactionId(Guid.ParseExact(row.RequiredText("Transaction"), "N")),
        new AccountId(Guid.ParseExact(row.RequiredText("IntendedFor"), "N")), Money.OfMinor(row.RequiredNumber("Minor"), Currency.Of(row.RequiredText("Currency"))),
        row.RequiredText("Kind"), row.RequiredText("Description"), EntryRow.ToParty(row), LedgerText.ToInstant(row.RequiredText("Since")),
        Enum.Parse<SuspenseState>(row.RequiredText("State")), row.Text("ResolvedTo") is { } account ? new AccountId(Guid.ParseExact(account, "N")) : null)
    { ETag = row.ETag, Refusals = row.RequiredNumber("Refusals") };

    internal TableEntity ToRow()
    {
        var row = new TableEntity(SuspenseKeys.Partition, SuspenseKeys.Item(Id))
        {
            ["Transaction"] = Transaction.ToString(),
            ["IntendedFor"] = LedgerKeys.Partition(IntendedFor),
            ["Minor"] = Amount.Minor,
            ["Currency"] = Amount.Currency.Code,
            ["Kind"] = Kind,
            ["Description"] = Description,
            ["Since"] = LedgerText.Of(Since),
            ["State"] = State.ToString(),
            ["Refusals"] = Refusals,
        };
        Set("PartyName", Counterparty?.Name);
        Set("PartyAccount", Counterparty?.Account);
        Set("ResolvedTo", ResolvedTo is { } account ? LedgerKeys.Partition(account) : null);
        return row;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                row[name] = value;
            }
        }
    }
}

public enum SuspenseState
{
    /// <summary>Waits for a decision.</summary>
    Open,

    /// <summary>Decided; being booked.</summary>
    Resolving,

    /// <summary>Booked to the account it was decided for.</summary>
    Resolved,
}

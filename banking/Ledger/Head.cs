using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>The head row of an account: what every posting reads, guards with the ETag, and replaces.</summary>
internal sealed record Head(
    AccountId Id, CustomerId Owner, Currency Currency, AccountStatus Status, long Balance, long Held, long Sequence, string LastHash,
    string Iban, string Name, bool IsMain, Instant OpenedAt)
{
    public AccountType Type { get; init; }

    /// <summary>Minor units the balance may go below zero; never negative.</summary>
    public long OverdraftLimit { get; init; }

    /// <summary>Minor units a debit must leave; never negative.</summary>
    public long MinimumBalance { get; init; }

    /// <summary>Fingerprint of all holds that the account ever had (<see cref="Hold.Mark"/>): one that is gone is noticed.</summary>
    public UInt128 Holds { get; init; }

    /// <summary>Kept here, so that showing an account stays one read.</summary>
    public AccountLabel Label { get; init; } = AccountLabel.None;

    /// <summary>Of the row that was read or written; default for a head not stored yet.</summary>
    public ETag ETag { get; init; }

    public Int128 Available => (Int128)Balance - Held + OverdraftLimit;

    /// <summary>What the hash chain of an account starts with.</summary>
    public static string Genesis(AccountId account) => RowSeal.Hex(LedgerKeys.Partition(account));

    public static Head From(TableEntity row) => new(
        new AccountId(Guid.ParseExact(row.PartitionKey, "N")), CustomerId.Of(row.RequiredText("Owner")), Currency.Of(row.RequiredText("Currency")),
        Enum.Parse<AccountStatus>(row.RequiredText("Status")), row.RequiredNumber("Balance"), row.RequiredNumber("Held"),
        row.RequiredNumber("Sequence"), row.RequiredText("LastHash"), row.RequiredText("Iban"), row.RequiredText("Name"),
        row.GetBoolean("IsMain") ?? false, LedgerText.ToInstant(row.RequiredText("OpenedAt")))
    {
        ETag = row.ETag,

        // Absent in rows of the time before accounts had types and limits.
        Type = row.Text("Type") is { } type ? Enum.Parse<AccountType>(type) : AccountType.Current,
        OverdraftLimit = row.Number("OverdraftLimit") ?? 0,
        MinimumBalance = row.Number("MinimumBalance") ?? 0,
        Holds = LedgerText.ToFingerprint(row.Text("Holds")),
        Label = new AccountLabel(row.Text("Logo"), row.Text("Description")),
    };

    public TableEntity ToRow()
    {
        var row = new TableEntity(LedgerKeys.Partition(Id), LedgerKeys.Head)
        {
            ["Owner"] = Owner.Value,
            ["Currency"] = Currency.Code,
            ["Status"] = Status.ToString(),
            ["Balance"] = Balance,
            ["Held"] = Held,
            ["Sequence"] = Sequence,
            ["LastHash"] = LastHash,
            ["Iban"] = Iban,
            ["Name"] = Name,
            ["IsMain"] = IsMain,
            ["Type"] = Type.ToString(),
            ["OverdraftLimit"] = OverdraftLimit,
            ["MinimumBalance"] = MinimumBalance,
            ["OpenedAt"] = LedgerText.Of(OpenedAt),
        };
        if (Holds != 0)
            row["Holds"] = LedgerText.Of(Holds);
        if (Label.Logo is { } logo)
            row["Logo"] = logo;
        if (Label.Description is { } description)
            row["Description"] = description;
        return RowSeal.Seal(row);
    }
}

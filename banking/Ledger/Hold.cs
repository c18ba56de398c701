using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>A reservation of an account's available balance.</summary>
/// <param name="Amount">What it reserves, or reserved.</param>
/// <param name="Reference">What it was placed for, such as a request's id.</param>
/// <param name="CapturedBy">The journal that used it.</param>
public sealed record Hold(HoldId Id, AccountId Account, Money Amount, HoldState State, Instant ExpiresAt, string Reference, TransactionId? CapturedBy)
{
    /// <summary>Null for a hold that was released before it was placed.</summary>
    public Instant? PlacedAt { get; init; }

    /// <summary>What the customer reads about it; null when nothing was said.</summary>
    public HoldText? Text { get; init; }

    internal ETag ETag { get; init; }

    internal static Hold From(TableEntity row) => new(
        new HoldId(Guid.ParseExact(row.RowKey[LedgerKeys.HoldPrefix.Length..], "N")), new AccountId(Guid.ParseExact(row.PartitionKey, "N")),
        Money.OfMinor(row.RequiredNumber("Minor"), Currency.Of(row.RequiredText("Currency"))), Enum.Parse<HoldState>(row.RequiredText("State")),
        LedgerText.ToInstant(row.RequiredText("ExpiresAt")), row.RequiredText("Reference"),
        row.Text("CapturedBy") is { } transaction ? new TransactionId(Guid.ParseExact(transaction, "N")) : null)
    {
        PlacedAt = row.Text("PlacedAt") is { } placed ? LedgerText.ToInstant(placed) : null,
        Text = row.Text("Text") is { } text ? HoldText.Read(text) : null,
        ETag = row.ETag,
    };

    /// <summary>What never changes of a stored hold, as one number: the head keeps the sum.</summary>
    internal static UInt128 Mark(TableEntity row) =>
        Sum.Of(string.Create(CultureInfo.InvariantCulture, $"{row.RowKey}|{row.Number("Minor")}|{row.Text("Currency")}|{row.Text("ExpiresAt")}|{row.Text("Reference")}"));

    internal TableEntity ToRow()
    {
        var row = new TableEntity(LedgerKeys.Partition(Account), LedgerKeys.Hold(Id))
        {
            ["Minor"] = Amount.Minor,
            ["Currency"] = Amount.Currency.Code,
            ["State"] = State.ToString(),
            ["ExpiresAt"] = LedgerText.Of(ExpiresAt),
            ["Reference"] = Reference,
        };
        if (CapturedBy is { } transaction)
        {
            row["CapturedBy"] = transaction.ToString();
        }

        if (PlacedAt is { } placed)
        {
            row["PlacedAt"] = LedgerText.Of(placed);
        }

        if (Text is { } text)
        {
            row["Text"] = text.Write();
        }

        return RowSeal.Seal(row);
    }
}

public enum HoldState
{
    /// <summary>The amount is not available to others.</summary>
    Held,

    /// <summary>A journal used it.</summary>
    Captured,

    /// <summary>Given back; it can never be placed or captured again.</summary>
    Released,

    /// <summary>Given back because its time was over.</summary>
    Expired,
}

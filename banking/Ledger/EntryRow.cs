using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>One leg as booked. On a customer's account it also carries the sequence, the balance after it, and the hash of the entry before.</summary>
internal static class EntryRow
{
    public static TableEntity OnAccount(Head after, long sequence, long balance, string previous, Journal journal, int leg, Instant postedAt)
    {
        var row = Leg(LedgerKeys.Partition(after.Id), LedgerKeys.Entry(sequence), journal, leg, postedAt);
        row["Sequence"] = sequence;
        row["Balance"] = balance;
        row["Previous"] = previous;
        row["Marker"] = LedgerKeys.Marker(journal, after.Id);
        return RowSeal.Seal(row);
    }

    /// <param name="diverted">The leg was meant for a customer's account that cannot take it: it is booked to suspense.</param>
    public static TableEntity OnBankAccount(Journal journal, int leg, Instant postedAt, bool diverted)
    {
        var intended = journal.Legs[leg];
        var account = (diverted ? intended.Diverted() : intended).BankAccount!;
        var row = Leg(LedgerKeys.BankPartition(account, journal.BookedOn, journal.Id), LedgerKeys.BankEntry(journal, leg), journal, leg, postedAt);
        row["Account"] = account.Name;
        if (diverted)
        {
            row["IntendedFor"] = LedgerKeys.Partition(intended.Account!.Value);
        }

        return RowSeal.Seal(row);
    }

    public static Entry ToEntry(TableEntity row)
    {
        var currency = Currency.Of(row.RequiredText("Currency"));
        return new Entry(
            row.RequiredNumber("Sequence"), new TransactionId(Guid.ParseExact(row.RequiredText("Transaction"), "N")), row.RequiredText("Kind"),
            Money.OfMinor(row.RequiredNumber("Minor"), currency), Money.OfMinor(row.RequiredNumber("Balance"), currency),
            row.RequiredText("Description"), row.RequiredText("Reference"), LedgerText.ToDate(row.RequiredText("BookedOn")),
            LedgerText.ToInstant(row.RequiredText("PostedAt")), ToParty(row), (int)row.RequiredNumber("Leg"),
            row.RequiredText(RowSeal.Column));
    }

    /// <summary>Null when the row names nobody.</summary>
    public static Party? ToParty(TableEntity row) => (row.Text("PartyName"), row.Text("PartyAccount")) switch
    {
        (null, null) => null,
        var (name, account) => new Party(name, account),
    };

    private static TableEntity Leg(string partition, string key, Journal journal, int leg, Instant postedAt)
    {
        var row = Plain(partition, key, journal, leg, postedAt);
        if (journal.Legs[leg].Counterparty?.Name is { } name)
        {
            row["PartyName"] = name;
        }

        if (journal.Legs[leg].Counterparty?.Account is { } account)
        {
            row["PartyAccount"] = account;
        }

        return row;
    }

    private static TableEntity Plain(string partition, string key, Journal journal, int leg, Instant postedAt) => new(partition, key)
    {
        ["Transaction"] = journal.Id.ToString(),
        ["Leg"] = (long)leg,
        ["Minor"] = journal.Legs[leg].Signed.Minor,
        ["Currency"] = journal.Legs[leg].Amount.Currency.Code,
        ["Kind"] = journal.Kind,
        ["Description"] = journal.Description,
        ["Reference"] = journal.Reference,
        ["BookedOn"] = LedgerText.Of(journal.BookedOn),
        ["PostedAt"] = LedgerText.Of(postedAt),
    };
}

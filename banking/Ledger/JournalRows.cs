namespace Serverless.Banking.Ledger;

/// <summary>The rows that prove a journal's legs, besides the deciding marker.</summary>
internal static class JournalRows
{
    /// <summary>One per account that did not decide: the marker on a customer's account, the first entry on one of the bank's own.</summary>
    public static IEnumerable<(string Partition, string Row)> Following(Journal journal)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < journal.Legs.Count; index++)
        {
            var leg = journal.Legs[index];
            var (partition, row) = leg.Account is { } account
                ? (LedgerKeys.Partition(account), LedgerKeys.Marker(journal, account))
                : (LedgerKeys.BankPartition(leg.BankAccount!, journal.BookedOn, journal.Id), LedgerKeys.BankEntry(journal, index));
            if ((leg.Account is null || leg.Account != journal.Decider) && seen.Add(partition))
            {
                yield return (partition, row);
            }
        }
    }
}

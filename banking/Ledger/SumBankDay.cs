using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>What one of the bank's own accounts moved on one business date.</summary>
public sealed class SumBankDay(BankTables tables)
{
    /// <returns>Zero and no entries for a day without movement.</returns>
    public async Task<BankDay> RunAsync(BankAccount account, LocalDate day, CancellationToken cancellation)
    {
        var from = LedgerKeys.BankDay(account, day);
        var rows = tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {from + "~"}"), select: ["Minor"], cancellationToken: cancellation);
        var (debits, credits, entries) = (0L, 0L, 0L);
        await foreach (var row in rows)
        {
            var minor = row.RequiredNumber("Minor");
            (debits, credits) = minor < 0 ? (checked(debits - minor), credits) : (debits, checked(credits + minor));
            entries++;
        }

        return new BankDay(account, day, Money.OfMinor(debits, account.Currency), Money.OfMinor(credits, account.Currency), entries);
    }
}

/// <param name="Debits">Positive.</param>
public sealed record BankDay(BankAccount Account, LocalDate Day, Money Debits, Money Credits, long Entries)
{
    /// <summary>Credits minus debits.</summary>
    public Money Net => Credits - Debits;
}

using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>Tells the ledger's sweeper whether an exchange that a killed process left open was confirmed.</summary>
internal sealed class ExchangeCondition(ExchangeTable table, ReadBook books) : IJournalCondition
{
    public string Kind => ExchangeJournal.Current;

    public async Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation) =>
        await books.RunAsync(journal.Debtor!.Value, cancellation) is { Owner: var customer } && await table.FindAsync(customer, journal.Id.Value, cancellation) is not null;
}

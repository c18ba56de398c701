using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>Tells the ledger's sweeper whether a completion that a killed process left open was confirmed.</summary>
internal sealed class CompletionCondition(RateRequestTable table) : IJournalCondition
{
    public string Kind => ExchangeJournal.Preferential;

    public async Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation) =>
        await table.FindAsync(Guid.ParseExact(journal.Reference, "N"), cancellation) is { It: { State: RateRequestState.Confirmed or RateRequestState.Completed, Completion: { } begun } it }
        && begun.Transaction(it.Id) == journal.Id;
}

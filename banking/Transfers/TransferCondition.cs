using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Tells the ledger's sweeper whether an order is on record for a transfer's journal that a killed process left open.</summary>
internal sealed class TransferCondition(TransferKind kind, TransferTable table, ReadBook books) : IJournalCondition
{
    public string Kind => kind.Code();

    /// <returns>True while the order stands.</returns>
    public async Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation) =>
        await books.RunAsync(journal.Debtor!.Value, cancellation) is { Owner: var payer }
        && await table.FindAsync(payer, new TransferId(journal.Id.Value), cancellation) is { Transfer.State: not TransferState.Rejected };
}

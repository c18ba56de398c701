using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Does for the ledger's sweeper, after a process was killed, what follows a transfer's journal.</summary>
/// <param name="followUps">Asked for when it is needed: some of what follows posts journals itself, and so needs the ledger first.</param>
internal sealed class FollowTransfer(TransferKind kind, TransferTable table, OpenTransfers open, ReadBook books, Func<TransferFollowUps> followUps) : IJournalFollowUp
{
    public string Kind => kind.Code();

    public async Task RunAsync(PostedJournal posted, CancellationToken cancellation)
    {
        if (await FindAsync(posted.Journal, cancellation) is { Transfer.State: TransferState.Accepted or TransferState.Settled } record)
            await followUps().RunAsync(record, posted.PostedAt, cancellation);
    }

    /// <summary>Leaves an order that stands to our own sweeper, which ends it.</summary>
    public async Task GiveUpAsync(Journal journal, CancellationToken cancellation)
    {
        if (await FindAsync(journal, cancellation) is { Transfer.State: TransferState.Accepted } record)
            await open.AddAsync(record.Transfer);
    }

    private async Task<TransferRecord?> FindAsync(Journal journal, CancellationToken cancellation) =>
        journal.Debtor is { } account && await books.RecallAsync(account, cancellation) is { Owner: var payer }
            ? await table.FindAsync(payer, new TransferId(journal.Id.Value), cancellation)
            : null;
}

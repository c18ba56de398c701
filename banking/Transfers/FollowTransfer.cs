using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>Does for the ledger's sweeper, after a process was killed, what follows a posted transfer.</summary>
/// <param name="followUps">Asked for when it is needed: some of what follows posts journals itself, and so needs the ledger first.</param>
internal sealed class FollowTransfer(TransferKind kind, TransferTable table, ReadBook books, Func<TransferFollowUps> followUps) : IJournalFollowUp
{
    public string Kind => kind.Code();

    public async Task RunAsync(PostedJournal posted, CancellationToken cancellation)
    {
        if (posted.Journal.Debtor is { } account
            && await books.RecallAsync(account, cancellation) is { Owner: var payer }
            && await table.FindAsync(payer, new TransferId(posted.Journal.Id.Value), cancellation) is { Transfer.State: TransferState.Accepted or TransferState.Settled } record)
        {
            await followUps().RunAsync(record, posted.PostedAt, cancellation);
        }
    }
}

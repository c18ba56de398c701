namespace Serverless.Banking.Ledger;

/// <summary>Makes sure that a journal is not posted later.</summary>
public sealed class VoidJournal
{
    public Task<Result<VoidOutcome>> RunAsync(TransactionId id, AccountId debtor, CancellationToken cancellation) => throw new NotImplementedException();
}

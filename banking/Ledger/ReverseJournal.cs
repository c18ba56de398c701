namespace Serverless.Banking.Ledger;

/// <summary>Corrects a posted journal by its mirror.</summary>
public sealed class ReverseJournal
{
    public Task<Result<PostedJournal>> RunAsync(TransactionId original, AccountId debtor, TransactionId reversal, string reason, CancellationToken cancellation) => throw new NotImplementedException();
}

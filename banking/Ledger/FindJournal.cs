namespace Serverless.Banking.Ledger;

/// <summary>Looks a journal up by the account that decided it.</summary>
public sealed class FindJournal
{
    public Task<PostedJournal?> RunAsync(TransactionId id, AccountId debtor, CancellationToken cancellation) => throw new NotImplementedException();
}

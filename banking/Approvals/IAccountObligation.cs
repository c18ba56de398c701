using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

/// <summary>Something for which an account has to stay open. A capability registers its own.</summary>
public interface IAccountObligation
{
    /// <returns>Why the account cannot be closed now; null when nothing stands against it.</returns>
    Task<Error?> FindAsync(CustomerId owner, AccountId account, CancellationToken cancellation);
}

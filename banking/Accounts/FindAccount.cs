using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>One account of a customer, with its balance.</summary>
public sealed class FindAccount
{
    /// <returns>The account, or <see cref="AccountNotFound"/>, also when it is somebody else's.</returns>
    public Task<Result<Account>> RunAsync(CustomerId customer, AccountId id, CancellationToken cancellation) => throw new NotImplementedException();
}

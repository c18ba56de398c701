namespace Serverless.Banking.Accounts;

/// <summary>All accounts of a customer, with their balances.</summary>
public sealed class ListAccounts
{
    /// <returns>The main account first, then by opening; empty for an unknown customer.</returns>
    public Task<IReadOnlyList<Account>> RunAsync(CustomerId customer, CancellationToken cancellation) => throw new NotImplementedException();
}

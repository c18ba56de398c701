using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The periodic statements of an account.</summary>
public sealed class FindSubscription
{
    private readonly SubscriptionTable table;
    private readonly FindAccount accounts;

    internal FindSubscription(SubscriptionTable table, FindAccount accounts) => (this.table, this.accounts) = (table, accounts);

    /// <returns>The subscription, stopped ones too; or <see cref="AccountNotFound"/>, <see cref="SubscriptionNotFound"/>.</returns>
    public async Task<Result<StatementSubscription>> RunAsync(CustomerId customer, AccountId id, CancellationToken cancellation)
    {
        var found = await accounts.RunAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return await table.FindAsync(id, cancellation) is { } stored ? stored.Subscription : new SubscriptionNotFound();
    }
}

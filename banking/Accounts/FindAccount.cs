using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>One account of a customer, with its balance: one storage call.</summary>
public sealed class FindAccount(ReadBook books)
{
    /// <returns>The account, or <see cref="AccountNotFound"/>, also when it is somebody else's or its opening was never finished.</returns>
    public async Task<Result<Account>> RunAsync(CustomerId customer, AccountId id, CancellationToken cancellation) =>
        await books.RunAsync(id, cancellation) is { } book && book.Owner == customer && Account.IsVisible(book) ? Account.Of(book) : new AccountNotFound();
}

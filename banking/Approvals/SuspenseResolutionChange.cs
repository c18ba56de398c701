using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

internal sealed class SuspenseResolutionChange(ListSuspense items, ReadBook books, ResolveSuspense resolve) : IChangeHandler
{
    public string Kind => LedgerChanges.Resolution;

    /// <returns>Or, first match: <see cref="SuspenseItemNotFound"/>, <see cref="SuspenseItemTaken"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/> (it cannot be credited), <see cref="AccountCurrencyMismatch"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var read = LedgerChanges.Read<LedgerChanges.ResolutionContent>(content);
        if (await items.FindAsync(read.Item, cancellation) is not { } item)
        {
            return new SuspenseItemNotFound();
        }

        if (item.State != SuspenseState.Open)
        {
            return new SuspenseItemTaken();
        }

        return await books.RunAsync(new AccountId(read.To), cancellation) switch
        {
            null => new AccountNotFound(),
            { } book when !PostingRules.CanCredit(book.Status) => new AccountNotUsable(book.Status),
            { } book when book.Currency != item.Amount.Currency => new AccountCurrencyMismatch(book.Currency.Code, item.Amount.Currency.Code),
            _ => $"{item.Amount} in suspense, meant for account {item.IntendedFor}",
        };
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var read = LedgerChanges.Read<LedgerChanges.ResolutionContent>(change.Content);
        return (await resolve.RunAsync(read.Item, new AccountId(read.To), cancellation)).Then(posted => posted.Journal.Id.Value.ToString("D"));
    }
}

using System.Globalization;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The entries of a customer's account, newest first: one storage call a page.</summary>
public sealed class ListEntries(ReadEntries entries)
{
    /// <returns>A page; or <see cref="AccountNotFound"/>, also when the account is somebody else's.</returns>
    /// <remarks>
    /// The first page comes with the account's head, which says whose it is. Only the owner can have been given where the next one begins, and an
    /// account never changes hands, so that later pages need not ask again.
    /// </remarks>
    public async Task<Result<Page<Entry>>> RunAsync(CustomerId customer, AccountId account, PageRequest page, CancellationToken cancellation)
    {
        if (page.After is { } last)
            return PageOf(await entries.RunAsync(account, long.Parse(last, CultureInfo.InvariantCulture), page.Limit, cancellation));

        var newest = await entries.NewestAsync(account, page.Limit, cancellation);
        return newest is not null && newest.Book.Owner == customer ? PageOf(newest.Entries) : new AccountNotFound();
    }

    /// <summary>Numbers have no gaps, so the last one tells whether there is more without asking.</summary>
    private static Page<Entry> PageOf(IReadOnlyList<Entry> items) =>
        new(items, items.Count > 0 && items[^1].Sequence > 1 ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
}

using System.Globalization;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The operations of a customer's account, newest first: two storage calls a page.</summary>
public sealed class ListEntries(FindAccount find, ReadEntries entries)
{
    /// <returns>A page; or <see cref="AccountNotFound"/>, also when the account is somebody else's.</returns>
    /// <remarks>Both calls are made at once; what a stranger's call read is thrown away.</remarks>
    public async Task<Result<Page<Entry>>> RunAsync(CustomerId customer, AccountId account, PageRequest page, CancellationToken cancellation)
    {
        long? before = page.After is { } last ? long.Parse(last, CultureInfo.InvariantCulture) : null;
        var reading = entries.RunAsync(account, before, page.Limit, cancellation);
        var found = await find.RunAsync(customer, account, cancellation);
        var items = await reading;
        if (!found.IsSuccess)
            return found.Error;

        // Numbers have no gaps, so the last one tells whether there is more without asking.
        var next = items.Count > 0 && items[^1].Sequence > 1 ? items[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<Entry>(items, next);
    }
}

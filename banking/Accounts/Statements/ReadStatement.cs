using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Reads a stretch of an account's entries, with the balances before and after it.</summary>
public sealed class ReadStatement(FindAccount accounts, ReadEntries entries, FindContactDetails contacts)
{
    /// <summary>Pages read at once.</summary>
    private const int Lanes = 8;

    /// <returns>The statement; or <see cref="AccountNotFound"/>.</returns>
    public async Task<Result<AccountStatement>> RunAsync(CustomerId owner, StatementReference reference, CancellationToken cancellation)
    {
        var contact = contacts.RunAsync(owner, cancellation);
        var found = await accounts.RunAsync(owner, reference.Account, cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var (opening, closing) = await BalancesAsync(found.Value, reference.Span, cancellation);
        var lines = await EntriesAsync(reference.Span, cancellation);
        return new AccountStatement(
            reference.Number, found.Value, (await contact)?.Name ?? owner.Value, reference.Span, opening, closing, lines, reference.MadeAt);
    }

    /// <summary>Two small reads, however long the stretch.</summary>
    public async Task<(Money Opening, Money Closing)> BalancesAsync(Account account, StatementSpan span, CancellationToken cancellation)
    {
        var opening = BalanceAfterAsync(account, span.First - 1, cancellation);
        return (await opening, span.Count == 0 ? await opening : await BalanceAfterAsync(account, span.Last, cancellation));
    }

    private async Task<Money> BalanceAfterAsync(Account account, long sequence, CancellationToken cancellation) =>
        sequence == 0 ? Money.Zero(account.Currency) : (await entries.RunAsync(account.Id, sequence + 1, 1, cancellation))[0].BalanceAfter;

    private async Task<IReadOnlyList<Entry>> EntriesAsync(StatementSpan span, CancellationToken cancellation)
    {
        // Numbers have no gaps, so every page's place is known beforehand.
        var all = new Entry[span.Count];
        var pages = Enumerable.Range(0, (int)((span.Count + ReadEntries.PageAtMost - 1) / ReadEntries.PageAtMost));
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellation }, async (page, stop) =>
        {
            var from = span.First + ((long)page * ReadEntries.PageAtMost);
            var to = Math.Min(span.Last, from + ReadEntries.PageAtMost - 1);
            foreach (var entry in await entries.RunAsync(span.Account, to + 1, (int)(to - from + 1), stop))
                all[entry.Sequence - span.First] = entry;
        });
        return all;
    }
}

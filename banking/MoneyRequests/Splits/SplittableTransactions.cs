using System.Globalization;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.MoneyRequests;

/// <summary>An executed debit that may be split (REQ-10).</summary>
/// <param name="Amount">Positive: what the account paid in all, fees included.</param>
public sealed record SplittableTransaction(TransactionId Id, LocalDate Date, string Description, Money Amount, bool IsSplit);

/// <summary>The transactions of an account that may be split (REQ-10).</summary>
public sealed class ListSplittableTransactions
{
    private readonly FindAccount accounts;
    private readonly ReadEntries entries;
    private readonly MoneyRequestTable table;

    internal ListSplittableTransactions(FindAccount accounts, ReadEntries entries, MoneyRequestTable table) =>
        (this.accounts, this.entries, this.table) = (accounts, entries, table);

    /// <summary>Entries looked through for one page at most; a page of a rare word may be empty and still have a next one.</summary>
    private const int LookedThroughAtMost = 1_000;

    /// <param name="search">Part of the description, the other party's name or the amount, whatever the case; null: all.</param>
    /// <returns>Newest first. Or <see cref="AccountNotFound"/>, also when the account is somebody else's.</returns>
    public async Task<Result<Page<SplittableTransaction>>> RunAsync(
        CustomerId customer, AccountId account, string? search, PageRequest page, CancellationToken cancellation)
    {
        var found = await accounts.RunAsync(customer, account, cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var split = await table.ListSplitTransactionsAsync(customer, account, cancellation);
        List<SplittableTransaction> items = [];
        long? before = page.After is { } last ? long.Parse(last, CultureInfo.InvariantCulture) : null;
        for (var seen = 0; items.Count < page.Limit && seen < LookedThroughAtMost;)
        {
            var batch = await entries.RunAsync(account, before, ReadEntries.PageAtMost, cancellation);
            var isLast = batch.Count == 0 || batch[^1].Sequence == 1;
            var whole = Whole(batch, isLast);
            foreach (var transaction in whole)
            {
                before = transaction[^1].Sequence;
                seen += transaction.Count;
                if (Of(transaction, split) is { } item && Matches(transaction, item, search))
                    items.Add(item);
                if (items.Count == page.Limit)
                    break;
            }

            if (isLast && (whole.Count == 0 || before == whole[^1][^1].Sequence))
                return new Page<SplittableTransaction>(items, null);
        }

        return new Page<SplittableTransaction>(items, before?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Entries of one transaction lie side by side; the last ones of a batch may go on in the next.</summary>
    private static List<IReadOnlyList<Entry>> Whole(IReadOnlyList<Entry> batch, bool isLast)
    {
        var groups = new List<IReadOnlyList<Entry>>();
        foreach (var entry in batch)
        {
            if (groups.Count > 0 && groups[^1][0].Transaction == entry.Transaction)
                groups[^1] = [.. groups[^1], entry];
            else
                groups.Add([entry]);
        }

        if (!isLast && groups.Count > 1)
            groups.RemoveAt(groups.Count - 1);
        return groups;
    }

    private static SplittableTransaction? Of(IReadOnlyList<Entry> transaction, IReadOnlySet<Guid> split)
    {
        var first = transaction[^1];
        var sum = transaction.Aggregate(Money.Zero(first.Amount.Currency), (total, entry) => total + entry.Amount);
        return sum.Minor < 0 && SplittableKinds.May(first.Kind)
            ? new SplittableTransaction(first.Transaction, first.BookedOn, first.Description, -sum, split.Contains(first.Transaction.Value))
            : null;
    }

    private static bool Matches(IReadOnlyList<Entry> transaction, SplittableTransaction item, string? search) => search is null
        || item.Description.Contains(search, StringComparison.InvariantCultureIgnoreCase)
        || transaction.Any(entry => entry.Counterparty?.Name?.Contains(search, StringComparison.InvariantCultureIgnoreCase) == true)
        || item.Amount.ToDecimalString().Contains(search, StringComparison.Ordinal);
}

internal static class SplittableKinds
{
    /// <summary>Not what only moves a customer's own money, and not what corrects something else.</summary>
    private static readonly HashSet<string> Never = new(StringComparer.Ordinal) { "own_transfer", "account_funding", "currency_exchange", "preferential_exchange", "reversal", "correction", "fee" };

    public static bool May(string kind) => !Never.Contains(kind);
}

/// <summary>One transaction to be split.</summary>
internal sealed class FindSplittable(FindAccount accounts, FindJournal journals)
{
    /// <returns>Or <see cref="AccountNotFound"/>, <see cref="TransactionNotFound"/>.</returns>
    public async Task<Result<SplittableTransaction>> RunAsync(CustomerId customer, AccountId account, TransactionId id, CancellationToken cancellation)
    {
        var found = await accounts.RunAsync(customer, account, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (await journals.RunAsync(id, account, cancellation) is not { Journal: { } journal } || !SplittableKinds.May(journal.Kind))
            return new TransactionNotFound();
        var sum = journal.Legs.Where(leg => leg.Account == account).Aggregate(Money.Zero(found.Value.Currency), (total, leg) => total + leg.Signed);
        return sum.Minor < 0
            ? new SplittableTransaction(id, journal.BookedOn, journal.Description, -sum, false)
            : new TransactionNotFound();
    }
}

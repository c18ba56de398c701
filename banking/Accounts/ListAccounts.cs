using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <summary>All accounts of a customer, with their balances: one storage call, and one more for each account.</summary>
public sealed class ListAccounts(BankTables tables, ReadBook books)
{
    /// <returns>The main account first, then by opening; empty for an unknown customer.</returns>
    public async Task<IReadOnlyList<Account>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        // An index row without a book, or with an empty savings book, is an opening that was killed half way: it holds no money.
        var books = (await ReadAsync(customer, cancellation)).Select(found => found.Book).OfType<AccountBook>().Where(Account.IsVisible);
        return [.. books.OrderByDescending(book => book.IsMain).ThenBy(book => book.OpenedAt).Select(Account.Of)];
    }

    /// <summary>Only which accounts: one storage call. One of them may have no book, see above.</summary>
    internal async IAsyncEnumerable<AccountId> IdsAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in RowsAsync(customer, cancellation))
            yield return IdOf(row);
    }

    /// <summary>How many places of the customer are taken: accounts that are not closed, and openings begun since the moment that may still become one.</summary>
    internal async Task<int> CountOpenAsync(CustomerId customer, Instant begunSince, CancellationToken cancellation) =>
        (await ReadAsync(customer, cancellation)).Count(found => found.Book is { } book && Account.IsVisible(book)
            ? book.Status != AccountStatus.Closed
            : found.Row.GetInt64(AccountKeys.BegunAt) is { } begun && Instant.FromUnixTimeMilliseconds(begun) >= begunSince);

    private async Task<(TableEntity Row, AccountBook? Book)[]> ReadAsync(CustomerId customer, CancellationToken cancellation)
    {
        var reads = new List<Task<(TableEntity, AccountBook?)>>();
        await foreach (var row in RowsAsync(customer, cancellation))
            reads.Add(WithBookAsync(row, cancellation));
        return await Task.WhenAll(reads);
    }

    private IAsyncEnumerable<TableEntity> RowsAsync(CustomerId customer, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {AccountKeys.Customer(customer)} and RowKey gt {AccountKeys.AccountPrefix} and RowKey lt {AccountKeys.AccountPrefix + "~"}");
        return tables.Open(AccountKeys.Table).QueryAsync<TableEntity>(filter, cancellationToken: cancellation);
    }

    private async Task<(TableEntity, AccountBook?)> WithBookAsync(TableEntity row, CancellationToken cancellation) =>
        (row, await books.RunAsync(IdOf(row), cancellation));

    private static AccountId IdOf(TableEntity row) => new(Guid.ParseExact(row.RowKey[AccountKeys.AccountPrefix.Length..], "N"));
}

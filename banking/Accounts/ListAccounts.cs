using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <summary>All accounts of a customer, with their balances: one storage call, and one more for each account.</summary>
public sealed class ListAccounts(BankTables tables, ReadBook books)
{
    /// <returns>The main account first, then by opening; empty for an unknown customer.</returns>
    public async Task<IReadOnlyList<Account>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var reads = new List<Task<AccountBook?>>();
        await foreach (var id in IdsAsync(customer, cancellation))
        {
            reads.Add(books.RunAsync(id, cancellation));
        }

        // An index row without a book is an opening that was killed half way: it holds no money, and its repeat completes it.
        return [.. (await Task.WhenAll(reads)).OfType<AccountBook>().OrderByDescending(book => book.IsMain).ThenBy(book => book.OpenedAt).Select(Account.Of)];
    }

    /// <summary>Only which accounts: one storage call. One of them may have no book, see above.</summary>
    internal async IAsyncEnumerable<AccountId> IdsAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {AccountKeys.Customer(customer)} and RowKey gt {AccountKeys.AccountPrefix} and RowKey lt {AccountKeys.AccountPrefix + "~"}");
        await foreach (var row in tables.Open(AccountKeys.Table).QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return new AccountId(Guid.ParseExact(row.RowKey[AccountKeys.AccountPrefix.Length..], "N"));
        }
    }
}

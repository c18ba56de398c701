using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <param name="Key">Names the opening: the same key opens the same account again.</param>
/// <param name="Name">1 to 30 letters, digits, spaces and . , / - (ACC-21).</param>
public sealed record AccountOpening(string Key, CustomerId Owner, Currency Currency, string Name, bool IsMain);

/// <summary>Opens a current account at the branch, with balance zero and a new IBAN.</summary>
/// <remarks>
/// Order of the writes: the IBAN's row, the customer's index, the book. The account exists when its book does; a killed opening is
/// completed by its repeat, because id and IBAN are derived from the key.
/// </remarks>
public sealed class OpenAccount
{
    private readonly BankTables tables;
    private readonly AccountNumbers numbers;
    private readonly OpenBook books;

    internal OpenAccount(BankTables tables, AccountNumbers numbers, OpenBook books) => (this.tables, this.numbers, this.books) = (tables, numbers, books);

    /// <returns>The account: for a repeated key the first one as it is now. Or, first match: <see cref="InvalidAccountName"/>,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="MainAccountExists"/>.</returns>
    public async Task<Result<Account>> RunAsync(AccountOpening opening, CancellationToken cancellation)
    {
        if (!AccountText.IsName(opening.Name))
        {
            return new InvalidAccountName("/name");
        }

        var id = new AccountId(TransactionId.Derive("account", opening.Owner.Value, opening.Key).Value);
        var iban = await numbers.TakeAsync(id, cancellation);
        if (await IndexAsync(tables.Open(AccountKeys.Table), opening, id, cancellation) is { } error)
        {
            return error;
        }

        return Account.Of(await books.RunAsync(
            new NewAccountBook(id, opening.Owner, opening.Currency, iban.Electronic, opening.Name, opening.IsMain), cancellation));
    }

    private static async Task<Error?> IndexAsync(TableClient table, AccountOpening opening, AccountId id, CancellationToken cancellation)
    {
        var partition = AccountKeys.Customer(opening.Owner);
        var content = $"{opening.Currency.Code}|{opening.IsMain}|{opening.Name}";
        var rows = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.Add, new TableEntity(partition, AccountKeys.Account(id)) { ["Opening"] = content }),
        };
        if (opening.IsMain)
        {
            rows.Add(new(TableTransactionActionType.Add, new TableEntity(partition, AccountKeys.Main) { ["Account"] = AccountKeys.Account(id) }));
        }

        try
        {
            await table.SubmitTransactionAsync(rows, cancellation);
            return null;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var earlier = await table.GetEntityIfExistsAsync<TableEntity>(partition, AccountKeys.Account(id), null, cancellation);
            if (earlier.HasValue)
            {
                return earlier.Value!.GetString("Opening") == content ? null : new IdempotencyKeyReused();
            }

            var main = (await table.GetEntityAsync<TableEntity>(partition, AccountKeys.Main, null, cancellation)).Value.GetString("Account")!;
            return new MainAccountExists(new AccountId(Guid.ParseExact(main[AccountKeys.AccountPrefix.Length..], "N")));
        }
    }
}

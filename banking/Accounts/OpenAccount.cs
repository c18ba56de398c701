using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <param name="Key">Names the opening: the same key opens the same account again.</param>
/// <param name="Name">1 to 30 letters, digits, spaces and . , / - (ACC-21).</param>
public sealed record AccountOpening(string Key, CustomerId Owner, Currency Currency, string Name, bool IsMain);

/// <summary>Opens an account with balance zero and a new IBAN.</summary>
/// <remarks>
/// Order of the writes: the IBAN's row, the customer's index, the book. The account exists when its book does; a killed opening is
/// completed by its repeat, because id and IBAN are derived from the key.
/// </remarks>
public sealed class OpenAccount(BankTables tables, OpenBook books, IOptions<AccountsOptions> options)
{
    private const int NumbersAtMost = 8;

    /// <returns>The account: for a repeated key the first one as it is now. Or, first match: <see cref="InvalidAccountName"/>,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="MainAccountExists"/>.</returns>
    public async Task<Result<Account>> RunAsync(AccountOpening opening, CancellationToken cancellation)
    {
        if (!IsName(opening.Name))
        {
            return new InvalidAccountName("/name");
        }

        var id = new AccountId(TransactionId.Derive("account", opening.Owner.Value, opening.Key).Value);
        var table = tables.Open(AccountKeys.Table);
        var iban = await TakeIbanAsync(table, id, cancellation);
        if (await IndexAsync(table, opening, id, cancellation) is { } error)
        {
            return error;
        }

        return Account.Of(await books.RunAsync(
            new NewAccountBook(id, opening.Owner, opening.Currency, iban.Electronic, opening.Name, opening.IsMain), cancellation));
    }

    /// <summary>1 to 30 letters, digits, spaces and . , / - (ACC-21), not only spaces.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 30 && name.All(c => char.IsLetterOrDigit(c) || " .,/-".Contains(c, StringComparison.Ordinal)) && name.AsSpan().Trim().Length > 0;

    /// <summary>The first free number of a sequence that the id determines, so that a repeat takes the same.</summary>
    private async Task<Iban> TakeIbanAsync(TableClient table, AccountId id, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < NumbersAtMost; attempt++)
        {
            var iban = Iban.Albanian(options.Value.BankCode, options.Value.BranchCode, Number(id, attempt));
            try
            {
                await table.AddEntityAsync(
                    new TableEntity(AccountKeys.Iban(iban), AccountKeys.Owner) { ["Account"] = AccountKeys.Account(id) }, cancellation);
                return iban;
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                var row = await table.GetEntityAsync<TableEntity>(AccountKeys.Iban(iban), AccountKeys.Owner, null, cancellation);
                if (row.Value.GetString("Account") == AccountKeys.Account(id))
                {
                    return iban;
                }
            }
        }

        throw new InvalidOperationException("No free account number: the number space is crowded.");
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

    private static string Number(AccountId id, int attempt)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{id.Value:N}|{attempt}"));
        return (BitConverter.ToUInt64(hash) % 10_000_000_000_000_000).ToString("D16", CultureInfo.InvariantCulture);
    }
}

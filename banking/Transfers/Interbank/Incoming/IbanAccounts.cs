using System.Collections.Concurrent;
using Azure.Data.Tables;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Interbank;

/// <summary>Which account has an IBAN, its currency and its owner: none of them ever changes, so they are remembered.</summary>
internal sealed class IbanAccounts(BankTables tables, ReadBook books)
{
    private const int RememberedAtMost = 20_000;

    private readonly ConcurrentDictionary<string, IbanAccount> known = new(StringComparer.Ordinal);

    /// <returns>Null when the bank has no such account. Two storage calls the first time, none later.</returns>
    public async Task<IbanAccount?> FindAsync(Iban iban, CancellationToken cancellation)
    {
        if (known.TryGetValue(iban.Electronic, out var remembered))
            return remembered;
        var row = await tables.Open(AccountKeys.Table).GetEntityIfExistsAsync<TableEntity>(AccountKeys.Iban(iban), AccountKeys.Owner, null, cancellation);
        if (!row.HasValue)
            return null;
        var id = new AccountId(Guid.ParseExact(row.Value!.GetString("Account")![AccountKeys.AccountPrefix.Length..], "N"));
        if (await books.RunAsync(id, cancellation) is not { } book)
            return null;
        if (known.Count >= RememberedAtMost)
            known.Clear();
        return known[iban.Electronic] = new IbanAccount(id, book.Currency, book.Owner);
    }
}

internal sealed record IbanAccount(AccountId Id, Currency Currency, CustomerId Owner);

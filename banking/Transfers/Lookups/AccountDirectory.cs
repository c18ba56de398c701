using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>Which account of this bank an IBAN or an account number names.</summary>
internal sealed class AccountDirectory(BankTables tables, ReadBook books, IOptions<AccountsOptions> options)
{
    private const int NumberLength = 16;

    /// <summary>The IBAN that the text names: an IBAN, or the sixteen characters of a number of this bank. Null for neither.</summary>
    public Iban? Read(string text)
    {
        var plain = Plain(text);
        return Iban.Find(plain) ?? (IsNumber(plain) ? Iban.Albanian(options.Value.BankCode, options.Value.BranchCode, plain) : null);
    }

    /// <summary>By its form alone.</summary>
    public static bool IsReadable(string text) => Plain(text) is var plain && (Iban.Find(plain) is not null || IsNumber(plain));

    private static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static bool IsNumber(string plain) => plain.Length == NumberLength && plain.All(char.IsAsciiLetterOrDigit);

    /// <summary>Whether the IBAN is one of this bank's own, by its bank code.</summary>
    public bool IsOwn(Iban iban) => iban.Electronic.StartsWith("AL", StringComparison.Ordinal) && iban.Electronic[4..7] == options.Value.BankCode;

    /// <summary>Two storage calls; null when this bank has no such account.</summary>
    public async Task<AccountBook?> FindAsync(Iban iban, CancellationToken cancellation)
    {
        if (!IsOwn(iban))
            return null;
        var row = await tables.Open(AccountKeys.Table).GetEntityIfExistsAsync<TableEntity>(AccountKeys.Iban(iban), AccountKeys.Owner, null, cancellation);
        return row.HasValue
            ? await books.RunAsync(new AccountId(Guid.ParseExact(row.Value!.GetString("Account")![AccountKeys.AccountPrefix.Length..], "N")), cancellation)
            : null;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <summary>Gives an account its number.</summary>
internal sealed class AccountNumbers(BankTables tables, IOptions<AccountsOptions> options)
{
    private const int NumbersAtMost = 8;

    /// <summary>The first free number of a sequence that the id determines, so that a repeat takes the same.</summary>
    public async Task<Iban> TakeAsync(AccountId id, CancellationToken cancellation)
    {
        var table = tables.Open(AccountKeys.Table);
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

    private static string Number(AccountId id, int attempt)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{id.Value:N}|{attempt}"));
        return (BitConverter.ToUInt64(hash) % 10_000_000_000_000_000).ToString("D16", CultureInfo.InvariantCulture);
    }
}

using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Blocks, wakes or closes an account. Every posting after it obeys.</summary>
public sealed class ChangeAccountStatus
{
    private const int TriesAtMost = 12;

    private readonly BankTables tables;
    private readonly AccountHeads heads;

    internal ChangeAccountStatus(BankTables tables, AccountHeads heads) => (this.tables, this.heads) = (tables, heads);

    /// <returns>The account with the new status. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed is for ever),
    /// <see cref="AccountNotEmpty"/> (closing with a balance or a hold), <see cref="AccountBusy"/>.</returns>
    public async Task<Result<AccountBook>> RunAsync(AccountId account, AccountStatus status, CancellationToken cancellation)
    {
        using var gate = await heads.EnterAsync(account, cancellation);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var head = await heads.ReadAsync(account, cancellation);
            switch (head)
            {
                case null:
                    return new AccountNotFound();
                case { } same when same.Status == status:
                    return AccountBook.Of(same);
                case { Status: AccountStatus.Closed }:
                    return new AccountNotUsable(AccountStatus.Closed);
                case { } full when status == AccountStatus.Closed && (full.Balance != 0 || full.Held != 0):
                    return new AccountNotEmpty(Money.OfMinor(full.Balance, full.Currency));
            }

            try
            {
                var changed = head with { Status = status };
                var answer = await tables.Open(LedgerKeys.Table).UpdateEntityAsync(changed.ToRow(), head.ETag, TableUpdateMode.Replace, cancellation);
                heads.Forget(account);
                heads.Remember(changed, answer.Headers.ETag);
                return AccountBook.Of(changed);
            }
            catch (RequestFailedException e) when (StorageFaults.IsStale(e))
            {
                await StorageFaults.BackOffAsync(attempt);
            }
        }

        return new AccountBusy();
    }
}

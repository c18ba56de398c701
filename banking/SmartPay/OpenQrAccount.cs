using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.SmartPay;

/// <param name="Description">As <see cref="Text.Description"/> keeps it; null for none.</param>
public sealed record NewQrAccount(CustomerId Owner, IdempotencyKey Key, string RequestHash, AccountId Account, string? Description);

/// <summary>Opens a QR account on one of the customer's current accounts (QR-23).</summary>
public sealed class OpenQrAccount
{
    private readonly SmartPayTable table;
    private readonly FindAccount accounts;
    private readonly QrCodes codes;
    private readonly TimeProvider time;

    internal OpenQrAccount(SmartPayTable table, FindAccount accounts, QrCodes codes, TimeProvider time) =>
        (this.table, this.accounts, this.codes, this.time) = (table, accounts, codes, time);

    /// <returns>The QR account; for a repeated key the first answer. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="AccountNotFound"/>,
    /// <see cref="NotACurrentAccount"/>, <see cref="AccountNotUsable"/> (it cannot be paid into), <see cref="QrAccountExists"/>.</returns>
    public async Task<Result<QrAccount>> RunAsync(NewQrAccount wanted, CancellationToken cancellation)
    {
        var id = QrAccountId.Of(wanted.Owner, wanted.Key);
        if (await FindAsync(wanted, id, cancellation) is { } earlier)
            return earlier;
        var found = await accounts.RunAsync(wanted.Owner, wanted.Account, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (found.Value.Type != AccountType.Current)
            return new NotACurrentAccount(found.Value.Type);
        if (!PostingRules.CanCredit(found.Value.Status))
            return new AccountNotUsable(found.Value.Status);

        var account = new QrAccount(id, wanted.Owner, wanted.Account, wanted.Description, codes.New(id), time.NowToTheMillisecond(), null);
        if (await table.AddAsync(account, wanted.RequestHash, cancellation))
            return account;

        // Somebody was first: the same order, or another one for the same account.
        if (await FindAsync(wanted, id, cancellation) is { } twin)
            return twin;
        return await table.FindOfAsync(wanted.Owner, wanted.Account, cancellation) is { } other ? new QrAccountExists(other.Value) : new AccountBusy();
    }

    private async Task<Result<QrAccount>?> FindAsync(NewQrAccount wanted, QrAccountId id, CancellationToken cancellation) =>
        await table.FindAsync(wanted.Owner, id, cancellation) is not { } found ? null
        : found.RequestHash == wanted.RequestHash ? found.It
        : new IdempotencyKeyReused();
}

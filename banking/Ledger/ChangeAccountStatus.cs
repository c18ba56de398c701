namespace Serverless.Banking.Ledger;

/// <summary>Blocks, wakes or closes an account. Every posting after it obeys.</summary>
public sealed class ChangeAccountStatus
{
    private readonly HeadWrites writes;

    internal ChangeAccountStatus(HeadWrites writes) => this.writes = writes;

    /// <returns>The account with the new status. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed is for ever),
    /// <see cref="AccountNotEmpty"/> (closing with a balance or a hold), <see cref="AccountBusy"/>.</returns>
    public Task<Result<AccountBook>> RunAsync(AccountId account, AccountStatus status, CancellationToken cancellation) =>
        writes.ChangeAsync(account, head => head switch
        {
            _ when head.Status == status => head,
            { Status: AccountStatus.Closed } => new AccountNotUsable(AccountStatus.Closed),
            _ when status == AccountStatus.Closed && (head.Balance != 0 || head.Held != 0) => new AccountNotEmpty(Money.OfMinor(head.Balance, head.Currency)),
            _ => head with { Status = status },
        }, cancellation);
}

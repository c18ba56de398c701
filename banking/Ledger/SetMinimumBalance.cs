namespace Serverless.Banking.Ledger;

/// <summary>Says what debits must leave on an account (ACC-14). Before a savings account is closed in the branch, it is set to zero.</summary>
public sealed class SetMinimumBalance
{
    private readonly HeadWrites writes;

    internal SetMinimumBalance(HeadWrites writes) => this.writes = writes;

    /// <param name="minimum">Zero or more, in the account's currency. It may be more than is there: then nothing can be debited.</param>
    /// <returns>The account with the new minimum. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed),
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="AccountBusy"/>.</returns>
    /// <exception cref="ArgumentException">The minimum is negative.</exception>
    public Task<Result<AccountBook>> RunAsync(AccountId account, Money minimum, CancellationToken cancellation)
    {
        if (minimum.Minor < 0)
        {
            throw new ArgumentException($"A minimum balance is not negative: {minimum}.", nameof(minimum));
        }

        return writes.ChangeAsync(account, head => head switch
        {
            { Status: AccountStatus.Closed } => new AccountNotUsable(head.Status),
            _ when head.Currency != minimum.Currency => new AccountCurrencyMismatch(head.Currency.Code, minimum.Currency.Code),
            _ when head.MinimumBalance == minimum.Minor => head,
            _ => head with { MinimumBalance = minimum.Minor },
        }, cancellation);
    }
}

namespace Serverless.Banking.Ledger;

/// <summary>Says how far below zero an account may be debited (ACC-20).</summary>
public sealed class SetOverdraftLimit
{
    private readonly HeadWrites writes;

    internal SetOverdraftLimit(HeadWrites writes) => this.writes = writes;

    /// <param name="limit">Zero or more, in the account's currency; zero ends the overdraft.</param>
    /// <returns>The account with the new limit. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed),
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="OverdraftNotOffered"/>, <see cref="BalanceTooLarge"/> (the limit would not fit the books),
    /// <see cref="OverdraftInUse"/> (more is used than the new limit), <see cref="AccountBusy"/>.</returns>
    /// <exception cref="ArgumentException">The limit is negative.</exception>
    public Task<Result<AccountBook>> RunAsync(AccountId account, Money limit, CancellationToken cancellation)
    {
        if (limit.Minor < 0)
        {
            throw new ArgumentException($"An overdraft limit is not negative: {limit}.", nameof(limit));
        }

        return writes.ChangeAsync(account, head => head switch
        {
            { Status: AccountStatus.Closed } => new AccountNotUsable(head.Status),
            _ when head.Currency != limit.Currency => new AccountCurrencyMismatch(head.Currency.Code, limit.Currency.Code),
            { Type: not AccountType.Current } when limit.IsPositive => new OverdraftNotOffered(head.Type),
            _ when limit.Minor > PostingRules.Limit => new BalanceTooLarge(),
            _ when head.OverdraftLimit == limit.Minor => head,
            _ when limit.Minor < head.OverdraftLimit && head.Held - head.Balance > limit.Minor =>
                new OverdraftInUse(Money.OfMinor(head.Held - head.Balance, head.Currency)),
            _ => head with { OverdraftLimit = limit.Minor },
        }, cancellation);
    }
}

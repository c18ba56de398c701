namespace Serverless.Banking.Ledger;

/// <summary>Carries out one grant of an overdraft, once: repeated, it changes nothing, whatever the limit has become since.</summary>
/// <remarks>The grant's row is written in one group with the head. A limit that is higher already stays: a grant takes nothing away.</remarks>
public sealed class GrantOverdraft
{
    private readonly HeadWrites writes;

    internal GrantOverdraft(HeadWrites writes) => this.writes = writes;

    /// <param name="grant">What it was granted for, such as an application's id.</param>
    /// <param name="limit">More than zero, in the account's currency.</param>
    /// <returns>The account as it is now. Or, first match: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/> (closed),
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="OverdraftNotOffered"/>, <see cref="BalanceTooLarge"/> (the limit would not fit the books), <see cref="AccountBusy"/>.</returns>
    /// <exception cref="ArgumentException">The limit is not positive.</exception>
    public Task<Result<AccountBook>> RunAsync(AccountId account, Guid grant, Money limit, CancellationToken cancellation)
    {
        if (!limit.IsPositive)
            throw new ArgumentException($"An overdraft is granted up to a positive limit: {limit}.", nameof(limit));
        return writes.ChangeAsync(
            account,
            head => head switch
            {
                { Status: AccountStatus.Closed } => new AccountNotUsable(head.Status),
                _ when head.Currency != limit.Currency => new AccountCurrencyMismatch(head.Currency.Code, limit.Currency.Code),
                { Type: not AccountType.Current } => new OverdraftNotOffered(head.Type),
                _ when limit.Minor > PostingRules.Limit => new BalanceTooLarge(),
                _ => head with { OverdraftLimit = Math.Max(limit.Minor, head.OverdraftLimit) },
            },
            cancellation,
            LedgerKeys.Grant(grant));
    }
}

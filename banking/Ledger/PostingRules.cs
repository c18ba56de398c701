namespace Serverless.Banking.Ledger;

/// <summary>Whether one account can take its legs of a journal.</summary>
internal static class PostingRules
{
    /// <returns>Null when it can. Otherwise the first of: <see cref="AccountNotUsable"/>, <see cref="AccountCurrencyMismatch"/>,
    /// <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>, <see cref="BalanceTooLarge"/>.</returns>
    public static Error? Refusal(Head head, IEnumerable<Leg> legs)
    {
        Int128 net = 0;
        foreach (var leg in legs)
        {
            if (!(leg.Side == Side.Debit ? CanDebit(head.Status) : CanCredit(head.Status)))
            {
                return new AccountNotUsable(head.Status);
            }

            if (leg.Amount.Currency != head.Currency)
            {
                return new AccountCurrencyMismatch(head.Currency.Code, leg.Amount.Currency.Code);
            }

            net += leg.Signed.Minor;
        }

        var left = head.Available + net;
        return net < 0 && left < 0 ? new InsufficientFunds(Money.OfMinor((long)Int128.Min(-left, long.MaxValue), head.Currency))
            : net < 0 && left < head.MinimumBalance
                ? new MinimumBalanceReached(Money.OfMinor((long)Int128.Max(0, head.Available - head.MinimumBalance), head.Currency))
            : head.Balance + net is var after && (after > Limit || after < -Limit) ? new BalanceTooLarge()
            : null;
    }

    public static bool CanDebit(AccountStatus status) => status is AccountStatus.Active;

    public static bool CanCredit(AccountStatus status) => status is AccountStatus.Active or AccountStatus.Dormant or AccountStatus.BlockedDebit;

    /// <summary>Half of what a long holds, so that balance, held and overdraft limit never overflow together.</summary>
    public const long Limit = long.MaxValue / 2;
}

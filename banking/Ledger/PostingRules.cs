namespace Serverless.Banking.Ledger;

/// <summary>Whether one account can take its legs of a journal.</summary>
internal static class PostingRules
{
    /// <returns>Null when it can. Otherwise the first of: <see cref="AccountNotUsable"/>, <see cref="AccountCurrencyMismatch"/>,
    /// <see cref="InsufficientFunds"/>, <see cref="BalanceTooLarge"/>.</returns>
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

        var missing = -((Int128)head.Balance - head.Held + net);
        return net < 0 && missing > 0 ? new InsufficientFunds(Money.OfMinor((long)Int128.Min(missing, long.MaxValue), head.Currency))
            : head.Balance + net is var after && (after > Limit || after < -Limit) ? new BalanceTooLarge()
            : null;
    }

    public static bool CanDebit(AccountStatus status) => status is AccountStatus.Active;

    public static bool CanCredit(AccountStatus status) => status is AccountStatus.Active or AccountStatus.Dormant or AccountStatus.BlockedDebit;

    /// <summary>Half of what a long holds, so that balance minus held never overflows.</summary>
    private const long Limit = long.MaxValue / 2;
}

namespace Serverless.Banking.Ledger;

public enum Side
{
    /// <summary>Takes from a customer's account; adds to what the bank holds.</summary>
    Debit,

    /// <summary>Gives to a customer's account.</summary>
    Credit,
}

/// <summary>One side of a journal: an account, and a positive amount to debit or credit.</summary>
/// <remarks>Exactly one of <see cref="Account"/> and <see cref="BankAccount"/> is set.</remarks>
public sealed record Leg
{
    private Leg(AccountId? account, BankAccount? bankAccount, Side side, Money amount, Party? counterparty)
    {
        if (!amount.IsPositive)
        {
            throw new ArgumentException($"A leg moves a positive amount, not {amount}.", nameof(amount));
        }

        if (bankAccount is not null && bankAccount.Currency != amount.Currency)
        {
            throw new ArgumentException($"{bankAccount} cannot take {amount}.", nameof(amount));
        }

        (Account, BankAccount, Side, Amount, Counterparty) = (account, bankAccount, side, amount, counterparty);
    }

    /// <summary>The customer's account; null when the leg is on one of the bank's own.</summary>
    public AccountId? Account { get; }

    /// <summary>The bank's own account; null when the leg is on a customer's.</summary>
    public BankAccount? BankAccount { get; }

    public Side Side { get; }

    /// <summary>Positive.</summary>
    public Money Amount { get; }

    /// <summary>Whom the account's holder paid or was paid by: the payer's leg names the payee and the other way round. Null when nobody is to be named.</summary>
    public Party? Counterparty { get; }

    /// <summary>Credit is positive, debit negative: what the leg adds to a customer's balance.</summary>
    public Money Signed => Side == Side.Credit ? Amount : -Amount;

    public static Leg Debit(AccountId account, Money amount, Party? counterparty = null) => new(account, null, Side.Debit, amount, counterparty);

    public static Leg Credit(AccountId account, Money amount, Party? counterparty = null) => new(account, null, Side.Credit, amount, counterparty);

    public static Leg Debit(BankAccount account, Money amount, Party? counterparty = null) => new(null, account, Side.Debit, amount, counterparty);

    public static Leg Credit(BankAccount account, Money amount, Party? counterparty = null) => new(null, account, Side.Credit, amount, counterparty);

    internal Leg Mirrored() => new(Account, BankAccount, Side == Side.Credit ? Side.Debit : Side.Credit, Amount, Counterparty);

    internal Leg Diverted() => new(null, BankAccount.Suspense(Amount.Currency), Side, Amount, Counterparty);
}

using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>An account as its head row has it.</summary>
/// <param name="Balance">Booked.</param>
/// <param name="Held">Reserved by holds; never negative.</param>
/// <param name="Sequence">Number of entries so far.</param>
public sealed record AccountBook(
    AccountId Id, CustomerId Owner, Currency Currency, AccountStatus Status, Money Balance, Money Held, long Sequence,
    string Iban, string Name, bool IsMain, Instant OpenedAt, AccountType Type, Money OverdraftLimit, Money MinimumBalance)
{
    /// <summary>What holds and postings may take: balance minus held, plus the overdraft that is not used yet (ACC-20). Negative after a limit was withdrawn.</summary>
    public Money Available => Balance - Held + OverdraftLimit;

    /// <summary>The largest debit that is not refused for lack of money or for the minimum balance (ACC-14); never negative.</summary>
    public Money HighestDebit => Money.OfMinor(Math.Max(0, (Available - MinimumBalance).Minor), Currency);

    public AccountLabel Label { get; init; } = AccountLabel.None;

    internal static AccountBook Of(Head head) => new(
        head.Id, head.Owner, head.Currency, head.Status, Money.OfMinor(head.Balance, head.Currency), Money.OfMinor(head.Held, head.Currency),
        head.Sequence, head.Iban, head.Name, head.IsMain, head.OpenedAt, head.Type, Money.OfMinor(head.OverdraftLimit, head.Currency),
        Money.OfMinor(head.MinimumBalance, head.Currency))
    {
        Label = head.Label,
    };
}

/// <summary>What a new account starts with, besides balance zero.</summary>
/// <param name="Iban">Electronic form.</param>
/// <param name="MinimumBalance">What a debit must leave, in the account's currency and not negative; null for none.</param>
public sealed record NewAccountBook(
    AccountId Id, CustomerId Owner, Currency Currency, string Iban, string Name, bool IsMain, AccountType Type = AccountType.Current, Money? MinimumBalance = null)
{
    public AccountLabel Label { get; init; } = AccountLabel.None;
}

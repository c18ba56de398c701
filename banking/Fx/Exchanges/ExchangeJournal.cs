using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>Four legs: the customer's two accounts, and the bank's position in both currencies, so that every currency sums to zero.</summary>
internal static class ExchangeJournal
{
    /// <summary>At the current rate.</summary>
    public const string Current = "currency_exchange";

    /// <summary>At a rate that the treasury confirmed.</summary>
    public const string Preferential = "preferential_exchange";

    /// <summary>What the bank owns or owes of a currency by having exchanged it.</summary>
    public static BankAccount Position(Currency currency) => new("fx/position", currency);

    /// <param name="rate">As the customer reads it on both statements.</param>
    public static Journal Of(
        TransactionId id, string kind, AccountId from, AccountId to, Money debit, Money credit, decimal rate, string? details, Instant at, string reference) => new(
        id, kind,
        [
            Leg.Debit(from, debit),
            Leg.Credit(Position(debit.Currency), debit),
            Leg.Debit(Position(credit.Currency), credit),
            Leg.Credit(to, credit),
        ],
        details ?? FormattableString.Invariant($"{debit} {credit} {rate}"), at.InZone(BankTime.Tirane).Date, reference);

    /// <summary>Why the accounts cannot exchange now; null when they can. Nothing holds the money until the journal is posted.</summary>
    public static Error? Refusal(Account from, Account to, Money debit) =>
        !PostingRules.CanDebit(from.Status) ? new AccountNotUsable(from.Status)
        : !PostingRules.CanCredit(to.Status) ? new AccountNotUsable(to.Status)
        : from.Available < debit ? new InsufficientFunds(debit - from.Available)
        : from.HighestDebit < debit ? new MinimumBalanceReached(from.HighestDebit)
        : null;
}

using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>An account as its head row has it.</summary>
/// <param name="Balance">Booked.</param>
/// <param name="Held">Reserved by holds; never negative.</param>
/// <param name="Sequence">Number of entries so far.</param>
public sealed record AccountBook(
    AccountId Id, CustomerId Owner, Currency Currency, AccountStatus Status, Money Balance, Money Held, long Sequence,
    string Iban, string Name, bool IsMain, Instant OpenedAt)
{
    internal static AccountBook Of(Head head) => new(
        head.Id, head.Owner, head.Currency, head.Status, Money.OfMinor(head.Balance, head.Currency), Money.OfMinor(head.Held, head.Currency),
        head.Sequence, head.Iban, head.Name, head.IsMain, head.OpenedAt);
}

/// <summary>What a new account starts with, besides balance zero.</summary>
/// <param name="Iban">Electronic form.</param>
public sealed record NewAccountBook(AccountId Id, CustomerId Owner, Currency Currency, string Iban, string Name, bool IsMain);

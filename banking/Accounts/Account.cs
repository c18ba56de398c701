using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>A customer's account with its money, as one read of the books found it.</summary>
/// <param name="Name">What the customer calls it; 1 to 30 characters.</param>
/// <param name="IsMain">The account proposed first for payments; a customer has at most one.</param>
/// <param name="Balance">Booked.</param>
/// <param name="Held">Reserved by holds; never negative.</param>
public sealed record Account(
    AccountId Id, CustomerId Owner, Currency Currency, Iban Iban, string Name, bool IsMain, AccountStatus Status, Money Balance, Money Held)
{
    public AccountType Type { get; init; }

    /// <summary>How far the balance may go below zero; zero without an overdraft.</summary>
    public Money OverdraftLimit { get; init; } = Money.Zero(Currency);

    /// <summary>What a debit must leave (ACC-14); zero for current accounts.</summary>
    public Money MinimumBalance { get; init; } = Money.Zero(Currency);

    /// <summary>A logo's id (ACC-10).</summary>
    public string Logo { get; init; } = AccountLogos.Default;

    /// <summary>The customer's own words; null for none.</summary>
    public string? Description { get; init; }

    public Instant OpenedAt { get; init; }

    /// <summary>Number of its newest entry.</summary>
    public long Sequence { get; init; }

    /// <summary>Booked balance minus what is held, plus the unused overdraft: the bank's one way to say it (ACC-20).</summary>
    public Money Available => Balance - Held + OverdraftLimit;

    /// <summary>The largest debit that neither money nor the minimum balance refuses; never negative.</summary>
    public Money HighestDebit => Money.OfMinor(Math.Max(0, (Available - MinimumBalance).Minor), Currency);

    /// <summary>The national number: the 16 characters that end the IBAN.</summary>
    public string Number => Iban.Electronic[^16..];

    /// <summary>A savings account is its owner's when its first money is there: one that was left half opened is nobody's. A term deposit is none of his accounts.</summary>
    internal static bool IsVisible(AccountBook book) => book.Type == AccountType.Current || (book.Type == AccountType.Savings && book.Sequence > 0);

    internal static Account Of(AccountBook book) => new(
        book.Id, book.Owner, book.Currency, Iban.Of(book.Iban), book.Name, book.IsMain, book.Status, book.Balance, book.Held)
    {
        Type = book.Type,
        OverdraftLimit = book.OverdraftLimit,
        MinimumBalance = book.MinimumBalance,
        Logo = book.Label.Logo ?? AccountLogos.Default,
        Description = book.Label.Description,
        OpenedAt = book.OpenedAt,
        Sequence = book.Sequence,
    };
}

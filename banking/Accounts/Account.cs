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
    /// <summary>What a debit may take: balance minus held (ACC-20).</summary>
    public Money Available => Balance - Held;

    internal static Account Of(AccountBook book) => new(
        book.Id, book.Owner, book.Currency, Iban.Of(book.Iban), book.Name, book.IsMain, book.Status, book.Balance, book.Held);

    /// <summary>The national number: the 16 characters that end the IBAN.</summary>
    public string Number => Iban.Electronic[^16..];
}

using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>What a customer wants exchanged between two of his accounts.</summary>
/// <param name="Amount">Positive; in the currency that is bought, or sold (<see cref="FxOperation"/>).</param>
/// <param name="Details">As <see cref="Text.Description"/> keeps it; null for none.</param>
public sealed record ExchangeWish(CustomerId Customer, FxOperation Operation, AccountId From, AccountId To, Money Amount, string? Details);

/// <summary>An exchange as it was prepared and shown; what the quote carries.</summary>
/// <param name="Rate">Units of the other currency for one of the amount's.</param>
/// <param name="Board">Whose rate it is.</param>
public sealed record ExchangeTerms(
    FxOperation Operation, AccountId From, AccountId To, Money Amount, Money Debit, Money Credit, decimal Rate, Guid Board, string? Details)
{
    public Currency Other => Operation.BuysAmount() ? Debit.Currency : Credit.Currency;
}

/// <summary>An exchange that the customer has confirmed.</summary>
/// <param name="ExpiresAt">Of the quote: its journal is not begun later.</param>
/// <param name="ExecutedAt">When its journal was posted; null while it is not in the books.</param>
public sealed record Exchange(Guid Id, CustomerId Customer, ExchangeTerms Terms, Instant ConfirmedAt, Instant ExpiresAt, Instant? ExecutedAt = null)
{
    internal string Key { get; init; } = "";

    internal string RequestHash { get; init; } = "";

    internal TransactionId Transaction => new(Id);
}

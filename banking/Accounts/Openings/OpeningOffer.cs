using Azure;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Where the first money of a savings account comes from.</summary>
/// <param name="Amount">What the new account gets, in its currency.</param>
/// <param name="Debit">What the funding account gives, in its currency.</param>
/// <param name="Rate">Units of the new account's currency for one of the funding account's; null when they are the same.</param>
public sealed record OpeningFunding(AccountId From, Money Amount, Money Debit, decimal? Rate);

/// <summary>An account as it was prepared and shown; what the quote carries.</summary>
/// <param name="Funding">Null for a current account.</param>
public sealed record OpeningOffer(
    AccountType Type, Currency Currency, string Name, string Logo, StatementChoice? Statement, OpeningFunding? Funding, string TermsVersion, Language Language);

/// <summary>What a customer wants opened.</summary>
/// <param name="InitialAmount">In the account's currency, or in the funding account's to be converted.</param>
public sealed record OpeningWish(
    CustomerId Customer, AccountType Type, Currency Currency, string Name, string Logo, StatementChoice? Statement, AccountId? FundingAccount,
    Money? InitialAmount, Language Language);

/// <summary>An order to open an account, as it was accepted.</summary>
/// <param name="AcceptedAt">When the customer confirmed, and accepted the terms.</param>
/// <param name="ContractHash">SHA-256 of the contract as it was kept.</param>
/// <param name="Failure">Why the funding was refused; null while nothing was.</param>
public sealed record Opening(
    AccountId Account, CustomerId Customer, Iban Iban, OpeningOffer Offer, Instant AcceptedAt, string ContractHash, Error? Failure)
{
    internal string Key { get; init; } = "";

    internal string RequestHash { get; init; } = "";

    /// <summary>Of the row that was read.</summary>
    internal ETag ETag { get; init; }
}

using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>The product is not offered in this currency.</summary>
public sealed record CurrencyNotOffered(string Field) : Invalid("currency_not_offered", Field);

public sealed record NameRequired(string Field) : Invalid("name_required", Field);

/// <param name="Minimum">What a savings account is opened with at least.</param>
public sealed record BelowMinimum(Money Minimum) : Refused("below_minimum");

/// <param name="Max">Open accounts of one customer at most.</param>
public sealed record TooManyAccounts(int Max) : Refused("too_many_accounts");

/// <param name="Max">Openings of one customer a day at most.</param>
public sealed record TooManyOpenings(int Max) : Refused("too_many_openings");

/// <summary>The product's terms as they were shown have to be accepted.</summary>
/// <param name="TermsVersion">The version that was shown.</param>
public sealed record TermsNotAccepted(string TermsVersion) : Refused("terms_not_accepted");

/// <summary>The quote was confirmed under another key.</summary>
public sealed record OpeningAlreadyConfirmed(AccountId Account) : Conflict("opening_already_confirmed");

/// <summary>The account was not opened by its owner in this channel: its contract is on paper.</summary>
public sealed record AccountContractNotFound() : NotFound("account_contract_not_found");

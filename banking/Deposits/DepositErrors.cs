using NodaTime;

namespace Serverless.Banking.Deposits;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record DepositNotFound() : NotFound("deposit_not_found");

/// <summary>No such product, or not in this currency.</summary>
public sealed record ProductNotAvailable() : Refused("product_not_available");

/// <summary>The bank takes deposits in some currencies only.</summary>
public sealed record DepositCurrencyNotOffered(string Field) : Invalid("deposit_currency_not_offered", Field);

/// <summary>A deposit that renews itself says how.</summary>
public sealed record RenewalTypeRequired() : Refused("renewal_type_required");

/// <summary>A way of renewing was named for a deposit that shall not renew itself.</summary>
public sealed record RenewalNotWanted(string Field) : Invalid("renewal_not_wanted", Field);

/// <param name="Earliest">The first day that can be chosen.</param>
public sealed record MaturityTooSoon(LocalDate Earliest) : Refused("maturity_too_soon");

/// <param name="Latest">The last day that can be chosen.</param>
public sealed record MaturityTooLate(LocalDate Latest) : Refused("maturity_too_late");

/// <summary>The quote was confirmed under another key.</summary>
public sealed record DepositAlreadyConfirmed(Guid Deposit) : Conflict("deposit_already_confirmed");

/// <summary>It has matured and is paid out.</summary>
public sealed record DepositEnded() : Conflict("deposit_ended");

/// <param name="Until">The last day on which it could be changed.</param>
public sealed record RenewalChangeTooLate(LocalDate Until) : Conflict("renewal_change_too_late");

/// <summary>The account gets the money of deposits back: it stays open as long as they live.</summary>
/// <param name="Deposits">How many.</param>
public sealed record AccountFundsDeposits(int Deposits) : Refused("account_funds_deposits");

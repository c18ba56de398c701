namespace Serverless.Banking.Bills;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record PaymentNotFound() : NotFound("payment_not_found");

/// <summary>The company may still answer: staff settle what it did not answer for.</summary>
public sealed record PaymentNotUnresolved(PaymentState PaymentState) : Conflict("payment_not_unresolved");

/// <summary>A quote is confirmed once: this is what became of it.</summary>
public sealed record QuoteAlreadyConfirmed(PaymentId Payment) : Conflict("quote_already_confirmed");

/// <summary>The quote was made for an account in another currency: ask for one from this account.</summary>
public sealed record QuoteForOtherCurrency(string Quoted, string Account) : Refused("quote_for_other_currency");

/// <summary>The customer has no account that can be debited.</summary>
public sealed record NoAccountToDebit() : Refused("no_account_to_debit");

/// <summary>The company of the contract no longer takes payments here.</summary>
public sealed record CompanyInactive(string Company) : Refused("company_inactive");

/// <summary>Letters, digits and spaces only.</summary>
public sealed record DescriptionNotAllowed(string Field) : Invalid("description_not_allowed", Field);

/// <summary>The bank's systems stopped before any money moved; nothing was taken. Pay again.</summary>
public sealed record PaymentInterrupted() : Conflict("payment_interrupted");

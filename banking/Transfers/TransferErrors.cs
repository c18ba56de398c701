namespace Serverless.Banking.Transfers;

/// <summary>Unknown, or none of the caller's business.</summary>
public sealed record TransferNotFound() : NotFound("transfer_not_found");

/// <summary>A quote is confirmed once: this is what became of it.</summary>
public sealed record TransferAlreadyConfirmed(TransferId Transfer) : Conflict("transfer_already_confirmed");

/// <summary>The bank's systems stopped before any money moved; nothing was taken. Order it again.</summary>
public sealed record TransferInterrupted() : Conflict("transfer_interrupted");

/// <summary>Source and destination are one account.</summary>
public sealed record SameAccount(string Field) : Invalid("same_account", Field);

/// <summary>Between own accounts there is one currency; exchange is an operation of its own (area 15).</summary>
/// <param name="UseInstead">The operation to use.</param>
public sealed record CurrenciesDiffer(string FromCurrency, string ToCurrency, string UseInstead) : Refused("currencies_differ");

/// <summary>The amount is in another currency than the account it is to come from.</summary>
public sealed record AmountNotInAccountCurrency(string Field, string AccountCurrency) : Invalid("amount_not_in_account_currency", Field);

/// <summary>The payee's account takes no money: closed or blocked.</summary>
public sealed record PayeeAccountNotUsable() : Refused("payee_account_not_usable");

/// <param name="Limit"><c>transfer</c>, <c>day</c> or <c>month</c>: the one that is exceeded.</param>
/// <param name="Remaining">What may still be sent, in the currency of the account to debit.</param>
public sealed record TransferLimitExceeded(string Limit, Money Remaining) : Refused("transfer_limit_exceeded");

/// <summary>More transfers of one kind in an hour than the limits allow.</summary>
public sealed record TransferTooOften(int MostPerHour, int RetryAfterSeconds) : Refused("transfer_too_often");

/// <summary>It would buy less than the least unit of the payee's currency.</summary>
public sealed record AmountTooSmallToExchange() : Refused("amount_too_small_to_exchange");

/// <summary>Neither an IBAN with the right length and check digits nor an account number of this bank.</summary>
public sealed record IbanInvalid(string Field) : Invalid("iban_invalid", Field);

/// <summary>The account is at another bank.</summary>
/// <param name="UseInstead">The operation to use.</param>
public sealed record NotThisBank(string UseInstead) : Refused("not_this_bank");

/// <summary>No such account or customer, which nobody can tell apart from here.</summary>
public sealed record PayeeNotFound() : NotFound("payee_not_found");

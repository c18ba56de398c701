namespace Serverless.Banking.Ledger;

/// <summary>The id was voided before it was posted; use a new one.</summary>
public sealed record TransactionVoided() : Conflict("transaction_voided");

/// <summary>The sweeper took the journal back because what it depends on was not there; never seen outside the ledger.</summary>
internal sealed record JournalWithdrawn(Azure.ETag Marker) : Conflict("journal_withdrawn");

/// <summary>The id belongs to a journal with other legs, kind, description or reference.</summary>
public sealed record JournalMismatch() : Refused("journal_mismatch");

/// <summary>Unknown, or somebody else's.</summary>
public sealed record AccountNotFound() : NotFound("account_not_found");

/// <summary>The account's status forbids this debit or credit (ACC-24).</summary>
public sealed record AccountNotUsable(AccountStatus AccountStatus) : Refused("account_blocked");

/// <summary>The account holds another currency: convert first.</summary>
public sealed record AccountCurrencyMismatch(string AccountCurrency, string AmountCurrency) : Refused("account_currency_mismatch");

/// <param name="Missing">What the available balance lacks; positive.</param>
public sealed record InsufficientFunds(Money Missing) : Refused("insufficient_funds");

/// <summary>A savings account keeps its minimum balance (ACC-14).</summary>
/// <param name="Highest">The largest amount that can be debited; zero when none can.</param>
public sealed record MinimumBalanceReached(Money Highest) : Refused("minimum_balance");

/// <param name="Used">What the account is overdrawn by, with what holds reserve.</param>
public sealed record OverdraftInUse(Money Used) : Refused("overdraft_in_use");

/// <summary>A savings account is never overdrawn.</summary>
public sealed record OverdraftNotOffered(AccountType AccountType) : Refused("overdraft_not_offered");

/// <summary>The balance would not fit the books any more.</summary>
public sealed record BalanceTooLarge() : Refused("balance_too_large");

/// <summary>Too many others write to the account right now; nothing was posted, the same request may be sent again.</summary>
public sealed record AccountBusy() : Conflict("account_busy");

/// <summary>No posted journal has this id on this account.</summary>
public sealed record JournalNotFound() : NotFound("journal_not_found");

/// <param name="Reversal">The journal that did.</param>
public sealed record AlreadyReversed(TransactionId Reversal) : Conflict("already_reversed");

/// <summary>The journal credits several customers: no single journal can take the money back from all of them, so each is corrected by a journal of its own.</summary>
/// <param name="Creditors">How many.</param>
public sealed record JournalNotReversible(int Creditors) : Refused("journal_not_reversible");

/// <summary>An account with money on it cannot be closed.</summary>
public sealed record AccountNotEmpty(Money Balance) : Refused("account_not_empty");

/// <summary>The id reserves another amount, or for something else.</summary>
public sealed record HoldMismatch() : Refused("hold_mismatch");

/// <summary>The hold was captured, released or has expired.</summary>
public sealed record HoldEnded(HoldState State) : Conflict("hold_ended");

/// <summary>No trial balance of this id was started.</summary>
public sealed record TrialBalanceNotFound() : NotFound("trial_balance_not_found");

/// <summary>Somebody else is taking a step of it.</summary>
public sealed record TrialBalanceBusy() : Conflict("trial_balance_busy");

/// <summary>Nothing of this id ever waited in suspense.</summary>
public sealed record SuspenseItemNotFound() : NotFound("suspense_item_not_found");

/// <summary>It was decided for another account.</summary>
public sealed record SuspenseItemTaken() : Conflict("suspense_item_taken");

/// <summary>No hold of this id was placed on the account.</summary>
public sealed record HoldNotFound() : NotFound("hold_not_found");

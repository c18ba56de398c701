namespace Serverless.Banking.MoneyRequests;

/// <summary>No executed debit of this account has this id.</summary>
public sealed record TransactionNotFound() : NotFound("transaction_not_found");

/// <summary>Unknown, or somebody else's.</summary>
public sealed record SplitNotFound() : NotFound("split_not_found");

/// <param name="Split">The split of this transaction among the same people.</param>
public sealed record AlreadySplit(SplitId Split) : Conflict("already_split");

/// <summary>The shares are unlocked: lock them first (REQ-12).</summary>
public sealed record SharesUnlocked() : Refused("shares_unlocked");

/// <param name="Sum">Of all shares.</param>
/// <param name="Transaction">What there is to divide.</param>
public sealed record SharesAboveTransaction(string Field, Money Sum, Money Transaction) : Invalid("shares_above_transaction", Field);

/// <summary>A share is in the transaction's currency.</summary>
public sealed record ShareCurrency(string Field, string Currency) : Invalid("share_currency", Field);

/// <summary>A share by hand needs all shares by hand.</summary>
public sealed record ShareMissing(string Field) : Invalid("share_missing", Field);

/// <summary>Each participant takes part once.</summary>
public sealed record ParticipantRepeated(string Field) : Invalid("participant_repeated", Field);

/// <summary>An amount for the requester, who does not take part.</summary>
public sealed record RequesterLeftOut(string Field) : Invalid("requester_left_out", Field);

/// <summary>There is not one minor unit for everybody.</summary>
public sealed record AmountTooSmallToSplit(Money Amount, int Participants) : Refused("amount_too_small_to_split");

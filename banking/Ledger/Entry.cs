using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>One line of an account.</summary>
/// <param name="Sequence">1 for the account's first entry, without gaps.</param>
/// <param name="Amount">Credit positive, debit negative.</param>
/// <param name="BalanceAfter">Booked balance right after this entry.</param>
/// <param name="Counterparty">As the leg named it; null when it named nobody.</param>
/// <param name="Leg">Number of the leg in its journal, from 0.</param>
/// <param name="Hash">SHA-256 over the entry as stored and the hash of the one before it, in lower-case hexadecimal.</param>
public sealed record Entry(
    long Sequence, TransactionId Transaction, string Kind, Money Amount, Money BalanceAfter, string Description, string Reference,
    LocalDate BookedOn, Instant PostedAt, Party? Counterparty = null, int Leg = 0, string Hash = "");

using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>A journal as the books have it.</summary>
/// <param name="Journal">As posted first: a repeat's booking date does not replace it.</param>
/// <param name="PostedAt">When the deciding group was written.</param>
/// <param name="BalanceAfter">The deciding account's balance right after it; null when only the bank's own accounts are touched.</param>
/// <param name="IsComplete">
/// False while a customer's leg after the deciding one is still to be written (storage failed half way): the journal is final, the
/// sweeper or the next repeat writes the rest. Tell a customer "pending".
/// </param>
public sealed record PostedJournal(Journal Journal, Instant PostedAt, Money? BalanceAfter, bool IsComplete);

public enum VoidOutcome
{
    /// <summary>The id can never be posted any more.</summary>
    Voided,

    /// <summary>Too late: the journal is in the books.</summary>
    AlreadyPosted,
}

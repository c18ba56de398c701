using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>One line of a customer's history: what was booked on an account, is on its way there, or never arrived.</summary>
/// <param name="Account">The customer's account that it moves, moves soon, or would have moved.</param>
/// <param name="At">When it was posted; for what is not booked, when it was ordered. The history is sorted by it.</param>
/// <param name="Kind">The journal's, in snake_case: <c>inside_transfer</c>, <c>bill_payment</c>; also for what is not booked.</param>
/// <param name="Amount">In the account's currency: positive adds to the balance, negative takes from it.</param>
/// <param name="Counterparty">Null when there is none, as with cash.</param>
/// <param name="Reference">What it was booked for, such as a transfer's id; may be empty.</param>
public sealed record Operation(
    OperationId Id, AccountId Account, Instant At, OperationState State, string Kind, Money Amount, string Description, Party? Counterparty, string Reference)
{
    /// <summary>Business date (Europe/Tirane); null until it is booked.</summary>
    public LocalDate? BookedOn { get; init; }

    /// <summary>Booked balance right after it; null until it is booked.</summary>
    public Money? BalanceAfter { get; init; }

    /// <summary>
    /// The journal that booked it, or that will. A pending operation whose journal is in the books is left out of the history: its entry is there.
    /// </summary>
    public TransactionId? Transaction { get; init; }

    /// <summary>The hold that a pending operation stands for, so that the same money is not listed a second time as a hold.</summary>
    public HoldId? Hold { get; init; }

    /// <summary>Why it failed: an error's code (<c>insufficient_funds</c>); null unless it failed.</summary>
    public string? FailureCode { get; init; }

    /// <summary>What of <see cref="Amount"/>'s order the bank takes for it besides; null when that is not known, or another line of the history.</summary>
    public Money? Fee { get; init; }
}

public enum OperationState
{
    /// <summary>In the books.</summary>
    Booked,

    /// <summary>Authorised or accepted and not settled; it becomes booked, failed or cancelled.</summary>
    Pending,

    /// <summary>It did not happen; no money was moved by it.</summary>
    Failed,

    /// <summary>Called off before it happened; no money was moved by it.</summary>
    Cancelled,
}

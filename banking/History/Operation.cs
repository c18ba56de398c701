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

    /// <summary>Why it failed: an error's code (<c>insufficient_funds</c>); null unless it failed.</summary>
    public string? FailureCode { get; init; }

    internal static Operation Of(AccountId account, Entry entry) => new(
        OperationId.Booked(entry.Transaction, account, entry.Leg), account, entry.PostedAt, OperationState.Booked, entry.Kind, entry.Amount,
        entry.Description, entry.Counterparty, entry.Reference)
    { BookedOn = entry.BookedOn, BalanceAfter = entry.BalanceAfter, Transaction = entry.Transaction };

    /// <summary>What a hold will take, told by its <see cref="Hold.Text"/>.</summary>
    /// <exception cref="InvalidOperationException">The hold says nothing to the customer.</exception>
    internal static Operation Of(Hold hold)
    {
        var text = hold.Text ?? throw new InvalidOperationException($"Hold {hold.Id} is its order's business.");
        var state = hold.State == HoldState.Held ? OperationState.Pending : OperationState.Cancelled;
        return new Operation(
            OperationId.Held(hold.Id, hold.Account), hold.Account, hold.PlacedAt ?? NodaConstants.UnixEpoch, state, text.Kind, -hold.Amount,
            text.Description, text.Counterparty, hold.Reference);
    }
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

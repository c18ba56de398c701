using NodaTime;

namespace Serverless.Banking.Cancellations;

/// <summary>A customer's request to cancel a payment made by mistake or twice (EKL-18), and what became of it.</summary>
/// <param name="Number">The payment's unique number; there is one request for each.</param>
/// <param name="Reason">In the customer's words.</param>
/// <param name="Refusal">Why it was refused: one of <see cref="CancellationRefusals"/>; null else.</param>
/// <param name="RefusalReason">In the words of the member of staff who refused it, or the partner's code; null else.</param>
/// <param name="DecidedBy">The member of staff who approved or refused it.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record Cancellation(
    CustomerId Customer, Guid Number, string Reason, string? Refusal, string? RefusalReason, string? DecidedBy, IReadOnlyList<CancellationStep> Timeline)
{
    public const int ReasonAtMost = 500;

    public CancellationState State => Timeline[^1].State;

    public Instant RequestedAt => Timeline[0].At;

    public bool IsFinal => State is CancellationState.Cancelled or CancellationState.Refused;

    /// <summary>When it came into its present state.</summary>
    public Instant Since => Timeline[^1].At;

    /// <summary>Names what belongs to it: the workflow, the recall's message, the correcting journal.</summary>
    public Guid Id => Ledger.StableGuid.Of("cancellation", Customer.Value, Number.ToString("N"));

    internal Cancellation At(CancellationState state, Instant at) => this with { Timeline = [.. Timeline, new CancellationStep(state, at)] };

    internal Cancellation Refuse(string refusal, string? reason, Instant at) => At(CancellationState.Refused, at) with { Refusal = refusal, RefusalReason = reason };
}

public sealed record CancellationStep(CancellationState State, Instant At);

public enum CancellationState
{
    /// <summary>With the contact centre.</summary>
    Requested,

    /// <summary>Two members of staff agree; being carried out.</summary>
    Approved,

    /// <summary>The money is on another account of the bank: its holder is asked.</summary>
    AwaitingConsent,

    /// <summary>The money is with a partner, who is asked for it.</summary>
    Recalling,

    /// <summary>The receiver or the partner agrees: the correcting entry is being booked, or the money is on its way back.</summary>
    Returning,

    /// <summary>The hold was lifted, or the money is back. Final.</summary>
    Cancelled,

    /// <summary>The payment stands. Final.</summary>
    Refused,
}

/// <summary>Why a request was refused.</summary>
public static class CancellationRefusals
{
    public const string Staff = "staff";
    public const string Undecided = "undecided";
    public const string ReceiverRefused = "receiver_refused";
    public const string ReceiverSilent = "receiver_silent";
    public const string MoneySpent = "money_spent";
    public const string PartnerRefused = "partner_refused";
    public const string PartnerSilent = "partner_silent";
}

public sealed record CancellationNotFound() : NotFound("cancellation_not_found");

/// <summary>One request for each payment.</summary>
public sealed record CancellationExists(CancellationState CancellationState) : Conflict("cancellation_exists");

/// <summary>The payment did not happen, or its money is back already.</summary>
public sealed record PaymentNotCancellable(string PaymentState) : Conflict("payment_not_cancellable");

/// <summary>It has been decided, or has run out.</summary>
public sealed record CancellationDecided(CancellationState CancellationState) : Conflict("cancellation_decided");

/// <summary>The payment is between two states: it is decided once it is known how it ended.</summary>
public sealed record PaymentUnderWay(string PaymentState) : Conflict("payment_under_way");

/// <summary>No answer of a partner is awaited.</summary>
public sealed record NoRecallUnderWay(CancellationState CancellationState) : Conflict("no_recall_under_way");

/// <summary>Nothing but spaces.</summary>
public sealed record CancellationReasonMissing(string Field) : Invalid("reason_missing", Field);

using System.Text.Json.Serialization;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.MoneyRequests;

/// <summary>One customer asks another one for money (REQ-08, REQ-09), by itself or as a share of a split (REQ-13).</summary>
/// <param name="Split">The split it is a share of; null for a request by itself.</param>
/// <param name="To">The requester's account that the money is to arrive on.</param>
/// <param name="Amount">Positive, in that account's currency.</param>
/// <param name="EndedAt">Null while it is open.</param>
/// <param name="IsWithheld">The payer had blocked the requester: the payer never sees it, the requester never learns why it stays open (REQ-06).</param>
/// <param name="Next">What the bank does next, by the clock or at once; null when it has ended and everybody knows.</param>
/// <param name="Attempts">Payments begun and not carried through.</param>
/// <param name="Payment">While open: the payment under way. When paid: the one that paid it.</param>
public sealed record MoneyRequest(
    MoneyRequestId Id,
    SplitId? Split,
    RequestParty Requester,
    RequestParty Payer,
    AccountId To,
    Money Amount,
    string? Details,
    Instant CreatedAt,
    Instant ExpiresAt,
    MoneyRequestState State,
    Instant? EndedAt,
    bool IsWithheld,
    RequestStep? Next,
    int Attempts,
    RequestPayment? Payment)
{
    /// <summary>The transfer that paid it; null while nothing did.</summary>
    [JsonIgnore]
    public TransferId? Transfer => State == MoneyRequestState.Paid ? RequestCourse.TransferOf(Id, Payment!, Payer.Customer) : null;

    /// <summary>Ends it, and leaves the other party to be told; only what is open changes (REQ-20).</summary>
    internal MoneyRequest End(MoneyRequestState state, Instant at) =>
        this with { State = state, EndedAt = at, Next = new RequestStep(RequestStepKind.Announce, at) };

    public override string ToString() => $"request {Id} {State}";
}

/// <param name="Name">What the other side calls this party, as it was when the request was sent (REQ-17).</param>
/// <param name="Phone">The contact's number by which the payer was found; null for the requester.</param>
public sealed record RequestParty(CustomerId Customer, string Name, string? Phone)
{
    public override string ToString() => Customer.Value;
}

public enum MoneyRequestState
{
    Open,
    Paid,
    Declined,
    Withdrawn,
    Expired,
}

public enum RequestDirection
{
    Sent,
    Received,
}

/// <summary>What the bank does with a request, and when.</summary>
public sealed record RequestStep(RequestStepKind Kind, Instant At);

public enum RequestStepKind
{
    /// <summary>The payer is shown the request and told of it.</summary>
    Deliver,

    /// <summary>The payer is reminded, once.</summary>
    Remind,

    /// <summary>The request ends unpaid.</summary>
    Expire,

    /// <summary>It has ended, and the other party is to be told.</summary>
    Announce,
}

/// <summary>A payment of a request: whoever writes it into the request pays; nobody else can meanwhile.</summary>
/// <param name="Attempt">1 for the first; every attempt has a transfer of its own, and a later one begins only when the earlier can never be booked.</param>
/// <param name="Order">Names the payer's order: the same customer and idempotency key.</param>
/// <param name="Terms">What the payer was shown and confirmed.</param>
public sealed record RequestPayment(int Attempt, Guid Order, TransferTerms Terms, OrderingDevice Device, Instant StartedAt);

/// <remarks>The default value of this type is no request.</remarks>
public readonly record struct MoneyRequestId(Guid Value)
{
    /// <summary>A quote is sent once, however often it is confirmed (REQ-09).</summary>
    internal static MoneyRequestId Of(Guid quote, int share) => new(StableGuid.Of("money_request", quote.ToString("N"), share.ToString("D", null)));

    public override string ToString() => Value.ToString("D");
}

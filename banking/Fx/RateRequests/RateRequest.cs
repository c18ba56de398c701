using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>A customer's request for a preferential rate (FX-10), and what became of it. No money is held for it.</summary>
/// <param name="Id">Made by the client; the workflow's, too.</param>
/// <param name="Amount">As it was asked for, in the currency that is bought, or sold.</param>
/// <param name="CurrentRate">The bank's when it was asked; units of <paramref name="Other"/> for one of the amount's.</param>
/// <param name="Euros">For one unit of the amount's currency when it was asked: the floor at completion uses it (FX-19).</param>
/// <param name="Minimum">The least amount, in the amount's currency, at <paramref name="Euros"/>.</param>
/// <param name="DecideBy">The end of the business day: undecided it expires then.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record RateRequest(
    Guid Id, CustomerId Customer, CustomerSegment Segment, FxOperation Operation, AccountId From, AccountId To, Money Amount, Currency Other, decimal CurrentRate,
    decimal Euros, Money Minimum, string? Details, Instant DecideBy, IReadOnlyList<RateRequestStep> Timeline)
{
    public const int ReasonAtMost = 300;

    /// <summary>Confirmed by the treasury; null before.</summary>
    public decimal? Rate { get; init; }

    /// <summary>Of the confirmed rate.</summary>
    public Instant? ValidUntil { get; init; }

    /// <summary>The member of staff who confirmed or rejected it.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why it was rejected.</summary>
    public string? Reason { get; init; }

    /// <summary>What the customer has confirmed last; in the books when the request is completed, perhaps a moment before.</summary>
    public RateCompletion? Completion { get; init; }

    public RateRequestState State => Timeline[^1].State;

    public Instant AskedAt => Timeline[0].At;

    public bool IsFinal => RateRequestStates.Next[State].Count == 0;

    /// <summary>When its present state ends by itself; null when it is final.</summary>
    public Instant? Deadline => State switch
    {
        RateRequestState.Submitted => DecideBy,
        RateRequestState.Confirmed => ValidUntil,
        _ => null,
    };

    /// <summary>What the amount is worth in EUR, to the nearest cent.</summary>
    public Money EuroEquivalent => Money.OfMinor(
        decimal.ToInt64(decimal.Round(Amount.Minor / ExchangeMath.Scale(Amount.Currency) * Euros * 100, MidpointRounding.AwayFromZero)), Currency.Eur);

    /// <summary>When its present state is over although the clock's work is not done yet: what the customer is told.</summary>
    public RateRequest SeenAt(Instant now) => Completion is null && Deadline <= now ? At(RateRequestState.Expired, Deadline.Value) : this;

    /// <exception cref="InvalidOperationException">No such step: a bug.</exception>
    internal RateRequest At(RateRequestState state, Instant at) => RateRequestStates.Next[State].Contains(state)
        ? this with { Timeline = [.. Timeline, new RateRequestStep(state, at)] }
        : throw new InvalidOperationException($"A request that is {State} cannot become {state}.");
}

public sealed record RateRequestStep(RateRequestState State, Instant At);

/// <param name="Attempt">Of this request, from 1.</param>
public sealed record RateCompletion(int Attempt, Money Amount, Money Debit, Money Credit, string Key, string RequestHash, Instant At)
{
    /// <summary>Every attempt under every key has a journal of its own: what was refused is voided, and the next may still be booked.</summary>
    internal TransactionId Transaction(Guid request) =>
        TransactionId.Derive("preferential_exchange", request.ToString("N"), Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture), Key, RequestHash);
}

/// <summary>Codes are these names in snake_case (FX-17).</summary>
public enum RateRequestState
{
    /// <summary>With the treasury.</summary>
    Submitted,

    /// <summary>The treasury has named a rate; the customer completes or not.</summary>
    Confirmed,

    /// <summary>Final.</summary>
    Rejected,

    /// <summary>By the customer. Final.</summary>
    Cancelled,

    /// <summary>Exchanged at the confirmed rate. Final.</summary>
    Completed,

    /// <summary>Final.</summary>
    Expired,
}

public static class RateRequestStates
{
    /// <summary>Which state may follow which; docs/workflows.md draws it.</summary>
    public static IReadOnlyDictionary<RateRequestState, IReadOnlyList<RateRequestState>> Next { get; } = new Dictionary<RateRequestState, IReadOnlyList<RateRequestState>>
    {
        [RateRequestState.Submitted] = [RateRequestState.Confirmed, RateRequestState.Rejected, RateRequestState.Cancelled, RateRequestState.Expired],
        [RateRequestState.Confirmed] = [RateRequestState.Completed, RateRequestState.Cancelled, RateRequestState.Expired],
        [RateRequestState.Rejected] = [],
        [RateRequestState.Cancelled] = [],
        [RateRequestState.Completed] = [],
        [RateRequestState.Expired] = [],
    };
}

using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.PensionFunds;

/// <summary>A customer's own fund at a management company, from the first line of its application on (LDP-13 to LDP-19).</summary>
/// <param name="Id">Derived from customer and idempotency key; the workflow's, and the application's at the company, too.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record PrivateFund(Guid Id, CustomerId Customer, IReadOnlyList<FundStep> Timeline)
{
    /// <summary>Code of a plan.</summary>
    public required string Plan { get; init; }

    /// <summary>The customer's own words.</summary>
    public required string Description { get; init; }

    /// <summary>Version of the service's terms that was accepted.</summary>
    public required string AcceptedTerms { get; init; }

    /// <summary>When its present state ends by itself; null where nobody is waited for.</summary>
    public Instant? Deadline { get; init; }

    /// <summary>What was arranged when it was opened; null before it was said.</summary>
    public FundPayment? Payment { get; init; }

    /// <summary>The confirmation that is being carried out, or was; null before, and after one that failed.</summary>
    public FundSubmission? Submission { get; init; }

    /// <summary>Submissions that failed, so that the next one's money has another id.</summary>
    public int FailedSubmissions { get; init; }

    /// <summary>The company has the application.</summary>
    public bool IsPassed { get; init; }

    /// <summary>The accepted contract stands among the customer's approvals.</summary>
    public bool IsContractKept { get; init; }

    /// <summary>The back office was told that nobody has contacted the customer in time; null when it was not.</summary>
    public Instant? AlertedAt { get; init; }

    /// <summary>Of the staff: who said that the customer was contacted, or wants it cancelled; null for the company.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>A member of staff wants it cancelled: the company is asked first.</summary>
    public string? CancelReason { get; init; }

    /// <summary>Why it came to nothing, as a code.</summary>
    public string? EndedBy { get; init; }

    /// <summary>What was paid at the confirmation is back on the account.</summary>
    public bool IsRefunded { get; init; }

    /// <summary>Of the signed contract; null before.</summary>
    public string? ContractNumber { get; init; }

    public LocalDate? OpenedOn { get; init; }

    public FundFigures Figures { get; init; } = new();

    /// <summary>The automatic contribution, also one that has ended; null when there never was one.</summary>
    public FundAuthorisation? Authorisation { get; init; }

    /// <summary>An e-mail for each contribution.</summary>
    public bool EmailNotice { get; init; }

    public FundState State => Timeline[^1].State;

    public Instant StartedAt => Timeline[0].At;

    public Instant? SubmittedAt => Timeline.FirstOrDefault(step => step.State == FundState.Submitted)?.At;

    public bool IsWaiting => State is FundState.Submitted or FundState.Contacted;

    /// <summary>Nothing of the application is to be done any more.</summary>
    public bool IsOver => State == FundState.Active || (State == FundState.Cancelled && (IsRefunded || Submission?.Terms is null));

    /// <summary>As it was when the customer confirmed it: what a repeated confirmation is answered.</summary>
    public PrivateFund AsSubmitted() => this with
    {
        Timeline = [.. Timeline.TakeWhile(step => step.State is FundState.Draft or FundState.Submitted)],
        Deadline = null,
        AlertedAt = null,
        EndedBy = null,
        IsRefunded = false,
        ContractNumber = null,
        OpenedOn = null,
        Figures = new(),
        Authorisation = null,
    };

    /// <summary>When its draft is over although the clock's work is not done yet: what the customer is told.</summary>
    public PrivateFund SeenAt(Instant now) =>
        State == FundState.Draft && Submission is null && Deadline <= now ? At(FundState.Cancelled, Deadline.Value) with { EndedBy = FundEndings.DraftExpired } : this;

    /// <param name="deadline">Of the new state.</param>
    /// <exception cref="InvalidOperationException">No such step: a bug.</exception>
    internal PrivateFund At(FundState state, Instant at, Instant? deadline = null) => FundStates.Next[State].Contains(state)
        ? this with { Timeline = [.. Timeline, new FundStep(state, at)], Deadline = deadline }
        : throw new InvalidOperationException($"A fund that is {State} cannot become {state}.");

    public override string ToString() => $"pension fund {Id} {State}";
}

public sealed record FundStep(FundState State, Instant At);

/// <summary>Codes are these names in snake_case (LDP-15).</summary>
public enum FundState
{
    /// <summary>The customer is filling in the application.</summary>
    Draft,

    /// <summary>With the company, which contacts the customer.</summary>
    Submitted,

    /// <summary>The contract is to be signed.</summary>
    Contacted,

    /// <summary>The contract is signed. Final.</summary>
    Active,

    /// <summary>It came to nothing; what was paid goes back. Final.</summary>
    Cancelled,
}

public static class FundStates
{
    /// <summary>Which state may follow which; docs/workflows.md draws it.</summary>
    public static IReadOnlyDictionary<FundState, IReadOnlyList<FundState>> Next { get; } = new Dictionary<FundState, IReadOnlyList<FundState>>
    {
        [FundState.Draft] = [FundState.Submitted, FundState.Cancelled],
        [FundState.Submitted] = [FundState.Contacted, FundState.Active, FundState.Cancelled],
        [FundState.Contacted] = [FundState.Active, FundState.Cancelled],
        [FundState.Active] = [],
        [FundState.Cancelled] = [],
    };
}

/// <summary>Why an application came to nothing.</summary>
public static class FundEndings
{
    public const string DraftExpired = "draft_expired";

    public const string NotSigned = "not_signed_in_time";

    public const string ByBank = "cancelled_by_bank";

    public const string ByCompany = "cancelled_by_company";

    public const string Refused = "refused_by_company";
}

/// <summary>What the company last said the fund is worth; each null before it has.</summary>
/// <param name="QuotaPrice">Of one quota, in the plan's currency.</param>
/// <param name="PersonalQuotas">Bought by the customer's own contributions.</param>
/// <param name="ProfessionalQuotas">Bought by an employer's.</param>
public sealed record FundFigures(
    decimal? QuotaPrice = null, Instant? PricedAt = null, Money? Value = null, decimal? PersonalQuotas = null, decimal? ProfessionalQuotas = null, Instant? ValuedAt = null);

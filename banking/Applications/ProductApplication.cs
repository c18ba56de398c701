using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Applications;

/// <summary>A customer's application for a credit card or an overdraft, and what became of it (PROD-28).</summary>
/// <param name="Id">Made by the client; the workflow's, too.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record ProductApplication(Guid Id, CustomerId Customer, ApplicationProduct Product, IReadOnlyList<ApplicationStep> Timeline)
{
    /// <summary>When its present state ends by itself; null where nobody is waited for.</summary>
    public Instant? Deadline { get; init; }

    /// <summary>Of an overdraft: the account on which the salary arrives.</summary>
    public AccountId? Account { get; init; }

    /// <summary>What the customer asks for; null before it was said.</summary>
    public Money? Requested { get; init; }

    /// <summary>Of a card: its type's code.</summary>
    public string? CardType { get; init; }

    /// <summary>Of a card.</summary>
    public CardSettings? Settings { get; init; }

    public PersonalDetails? Personal { get; init; }

    public WorkDetails? Work { get; init; }

    /// <summary>What was accepted when it was submitted.</summary>
    public string? AcceptedTerms { get; init; }

    public Assessment? Assessment { get; init; }

    /// <summary>The proposal of a member of staff that waits, or waited, for a second one.</summary>
    public Guid? Proposal { get; init; }

    public ApplicationDecision? Decision { get; init; }

    /// <summary>Why it ended without a product, where the decision does not say: code of an error, or of what the customer did.</summary>
    public string? EndedBy { get; init; }

    /// <summary>Of a card: what has happened since it was approved.</summary>
    public CardProgress Card { get; init; } = new();

    public ApplicationState State => Timeline[^1].State;

    public Instant StartedAt => Timeline[0].At;

    public Instant? SubmittedAt => Timeline.FirstOrDefault(step => step.State == ApplicationState.Submitted)?.At;

    public bool IsFinal => ApplicationStates.Next(Product)[State].Count == 0;

    /// <summary>Nothing is to be done any more: also the card is in the customer's hand, or nobody waits for that.</summary>
    public bool IsOver => IsFinal && (State != ApplicationState.Issued || Card is { IsUncollected: true } or { Order.State: CardOrderState.Collected or CardOrderState.Cancelled });

    /// <summary>When its present state is over although the clock's work is not done yet: what the customer is told.</summary>
    public ProductApplication SeenAt(Instant now) => Deadline <= now && !IsFinal ? At(ApplicationState.Expired, Deadline.Value) : this;

    /// <summary>As it was when the customer sent it: what a repeated submission is answered.</summary>
    public ProductApplication AsSubmitted() => this with
    {
        Timeline = [.. Timeline.TakeWhile(step => step.State is ApplicationState.Draft or ApplicationState.Submitted)],
        Deadline = null,
        Assessment = null,
        Proposal = null,
        Decision = null,
        EndedBy = null,
    };

    /// <param name="deadline">Of the new state.</param>
    /// <exception cref="InvalidOperationException">No such step: a bug.</exception>
    internal ProductApplication At(ApplicationState state, Instant at, Instant? deadline = null) => ApplicationStates.Next(Product)[State].Contains(state)
        ? this with { Timeline = [.. Timeline, new ApplicationStep(state, at)], Deadline = deadline }
        : throw new InvalidOperationException($"An application that is {State} cannot become {state}.");
}

public sealed record ApplicationStep(ApplicationState State, Instant At);

/// <summary>Codes are these names in snake_case.</summary>
public enum ApplicationProduct
{
    CreditCard,
    Overdraft,
}

/// <summary>What the bank said.</summary>
/// <param name="Limit">Null: declined.</param>
/// <param name="By">The member of staff whose proposal was carried out; <c>automatic</c> for the score's.</param>
/// <param name="Change">The change that four eyes looked at; null for the score's.</param>
public sealed record ApplicationDecision(Money? Limit, string? Reason, string By, Instant At, Guid? Change)
{
    public const string Automatic = "automatic";

    public const int ReasonAtMost = 300;
}

using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Insurance;

/// <summary>What a customer bought, and the policy that became of it (PAY-17, PAY-18).</summary>
/// <param name="Id">Also the workflow's, and the insurer's name of the order.</param>
/// <param name="Reference">The offer, as the insurer calls it.</param>
/// <param name="Insured">Whom or what the policy names.</param>
/// <param name="Cover">As ordered; the policy's own dates stand in <see cref="Policy"/>.</param>
/// <param name="Rate">Units of the premium's currency for one of the account's; null when they are the same.</param>
/// <param name="AnswerBy">Until then the insurer may answer.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record PolicyPurchase(
    Guid Id, CustomerId Customer, InsuranceKind Kind, string Insurer, string Reference, string Insured, Cover Cover, string Email, string TermsVersion, AccountId From,
    Money Premium, Money Debit, decimal? Rate, Instant AnswerBy, IReadOnlyList<PurchaseStep> Timeline)
{
    /// <summary>What the insurer is told; forgotten once there is nothing to tell any more (PAY-50).</summary>
    public OrderForm? Form { get; init; }

    /// <summary>Null until the insurer has issued it.</summary>
    public IssuedPolicy? Policy { get; init; }

    /// <summary>SHA-256 of the policy's document as it is kept; null until the insurer has delivered it.</summary>
    public string? DocumentHash { get; init; }

    /// <summary>Why there is no policy: the insurer's own code, or the bank's; null else.</summary>
    public string? RefusalCode { get; init; }

    /// <summary>The insurer never said that it understood the order to be off: staff see to it.</summary>
    public bool CancellationUnconfirmed { get; init; }

    /// <summary>On which the terms were accepted.</summary>
    public string Installation { get; init; } = "";

    /// <summary>Under which it was confirmed.</summary>
    internal string Key { get; init; } = "";

    public PurchaseState State => Timeline[^1].State;

    public Instant OrderedAt => Timeline[0].At;

    public bool IsFinal => PurchaseStates.Next[State].Count == 0;

    public HoldId Hold => HoldOf(Id);

    public TransactionId Journal => TransactionId.Derive("insurance_payment", Id.ToString("N"));

    /// <summary>In the history; null until it is booked.</summary>
    public History.OperationId? Operation => State == PurchaseState.Issued ? History.OperationId.Booked(Journal, From, leg: 0) : null;

    /// <summary>As it was when the customer confirmed: what a repeat is answered.</summary>
    public PolicyPurchase AsOrdered() => this with
    {
        Timeline = [Timeline[0]],
        Policy = null,
        DocumentHash = null,
        RefusalCode = null,
        CancellationUnconfirmed = false,
    };

    internal static HoldId HoldOf(Guid id) => HoldId.Derive("insurance_payment", id.ToString("N"));

    /// <exception cref="InvalidOperationException">It cannot become that: a bug.</exception>
    internal PolicyPurchase At(PurchaseState state, Instant now) => PurchaseStates.Next[State].Contains(state)
        ? this with { Timeline = [.. Timeline, new PurchaseStep(state, now)] }
        : throw new InvalidOperationException($"A purchase that is {State} cannot become {state}.");
}

public sealed record PurchaseStep(PurchaseState State, Instant At);

/// <summary>What was entered, of whomever.</summary>
public sealed record OrderForm(InsuranceQuestions Questions, InsuranceDetails? Details);

using NodaTime;

namespace Serverless.Banking.Partners;

/// <summary>What a credit card was used for, and stands in its next statement.</summary>
/// <param name="Plan">Of the instalments it was split into; null for none.</param>
public sealed record CardTransaction(string Id, CardTransactionType Type, bool IsCompleted, Money Amount, string Merchant, Instant At, Guid? Plan);

public enum CardTransactionType
{
    Purchase,
    CashAdvance,
    Fee,
    Refund,
}

/// <param name="Commission">In the total.</param>
/// <param name="ExpiresAt">The processor's word: it offers again.</param>
public sealed record InstalmentOffer(string Id, int Instalments, Money InstalmentAmount, Money Commission, Money Total, LocalDate FirstDate, Instant ExpiresAt);

/// <summary>A purchase that is paid in instalments, as the processor keeps it.</summary>
/// <param name="RemainingPrincipal">Of the purchase, not yet in a statement.</param>
/// <param name="ClosingFee">What closing it now costs.</param>
public sealed record InstalmentPlan(
    Guid Id, string Card, string Transaction, bool IsActive, Money Total, Money RemainingPrincipal, Money ClosingFee, IReadOnlyList<Instalment> Instalments);

/// <param name="Number">From 1.</param>
public sealed record Instalment(int Number, LocalDate Date, Money Amount);

/// <summary>The plan is closed: nothing is left of it.</summary>
public sealed record PlanClosed() : Conflict("plan_closed");

/// <summary>Only a completed purchase of the next statement can be split, once it is large enough (CC-29).</summary>
public sealed record NotSplittable() : Refused("not_splittable");

/// <summary>The purchase has been split already.</summary>
public sealed record AlreadySplitPurchase() : Conflict("purchase_already_split");

/// <summary>The statement was made meanwhile: what stands in it can be split no longer.</summary>
public sealed record StatementCut() : Conflict("statement_cut");

/// <summary>Ask for offers anew.</summary>
public sealed record InstalmentOfferExpired() : Conflict("instalment_offer_expired");

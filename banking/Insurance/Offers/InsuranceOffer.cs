using NodaTime;

namespace Serverless.Banking.Insurance;

/// <summary>An insurer's offer, made for one customer and what he entered.</summary>
/// <param name="Reference">The insurer's own id of it.</param>
/// <param name="Summary">Of the cover, in a sentence.</param>
/// <param name="Text">What "read more" shows; may be empty.</param>
/// <param name="Chassis">Where the insurer has filled it from the plate (PAY-20).</param>
public sealed record InsuranceOffer(
    Guid Id, CustomerId Customer, InsuranceKind Kind, string Insurer, string Reference, Money Premium, string Summary, string Text, Instant ValidUntil, string? Chassis,
    InsuranceQuestions Questions);

/// <param name="Offers">The cheapest first.</param>
/// <param name="Rejections">Of insurers that do not accept what was entered.</param>
/// <param name="Silent">Names of insurers that do not answer now.</param>
public sealed record InsuranceOffers(IReadOnlyList<InsuranceOffer> Offers, IReadOnlyList<InsurerRejection> Rejections, IReadOnlyList<string> Silent);

/// <summary>A purchase as it was prepared and shown; kept as long as it can be confirmed.</summary>
/// <param name="Debit">What the account is debited, in its currency.</param>
/// <param name="Rate">Units of the premium's currency for one of the account's; null when they are the same.</param>
public sealed record PreparedPurchase(
    Guid Id, InsuranceOffer Offer, InsuranceDetails? Details, Cover Cover, string Email, Ledger.AccountId From, Money Debit, decimal? Rate, string TermsVersion);

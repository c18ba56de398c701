using NodaTime;

namespace Serverless.Banking.Insurance;

/// <summary>The cover may begin today at the earliest.</summary>
public sealed record InsuranceStartPast(string Field, LocalDate Today) : Invalid("insurance_start_past", Field);

/// <param name="Expected">The end that fits the period.</param>
public sealed record EndMisfitsPeriod(string Field, LocalDate Expected) : Invalid("end_misfits_period", Field);

public sealed record BirthDateInFuture(string Field) : Invalid("birth_date_in_future", Field);

/// <summary>The same personal number twice.</summary>
public sealed record PersonRepeated(string Field) : Invalid("person_repeated", Field);

/// <summary>A second user is named without there being one, or the other way round.</summary>
public sealed record SecondUserMismatch(string Field) : Invalid("second_user_mismatch", Field);

/// <summary>Not a code of the list (<c>GET /api/v1/insurance/kinds</c>).</summary>
public sealed record InsuranceValueUnknown(string Field) : Invalid("insurance_value_unknown", Field);

/// <summary>Exactly one kind is named; with a purchase that of the offer, when it asks for more.</summary>
public sealed record InsuranceKindNotNamed(string Field) : Invalid("insurance_kind_not_named", Field);

/// <summary>The bank has no e-mail address of the customer to fill in.</summary>
public sealed record InsuranceEmailMissing(string Field) : Invalid("insurance_email_missing", Field);

/// <param name="Version">The current one.</param>
public sealed record InsuranceTermsNotAccepted(string Field, string Version) : Invalid("insurance_terms_not_accepted", Field);

/// <summary>The bank's records have no personal number of the customer, or one without a date of birth.</summary>
public sealed record PersonalNumberNotOnFile() : Refused("personal_number_not_on_file");

/// <summary>No insurer answers.</summary>
public sealed record InsurersUnavailable() : Unavailable("insurers_unavailable");

/// <param name="Rejections">Which insurer does not accept what was entered, and why.</param>
public sealed record InsuranceInputRejected(IReadOnlyList<InsurerRejection> Rejections) : Refused("insurance_input_rejected");

/// <summary>The insurers that answer offer nothing for this.</summary>
public sealed record NoInsuranceOffers() : Refused("no_insurance_offers");

/// <summary>Unknown, or made for somebody else.</summary>
public sealed record OfferNotFound() : NotFound("offer_not_found");

/// <summary>Ask for new ones.</summary>
public sealed record OfferExpired(Instant ExpiredAt) : Conflict("offer_expired");

/// <summary>A prepared purchase is confirmed once: this is what became of it.</summary>
public sealed record PurchaseAlreadyConfirmed(Guid Policy) : Conflict("purchase_already_confirmed");

/// <summary>The bank's systems stopped before anything was ordered; nothing was taken. Prepare it again.</summary>
public sealed record PurchaseInterrupted() : Conflict("purchase_interrupted");

/// <summary>Unknown, or somebody else's.</summary>
public sealed record PolicyNotFound() : NotFound("policy_not_found");

/// <summary>The insurer has not delivered it (yet).</summary>
public sealed record PolicyDocumentMissing() : Conflict("policy_document_missing");

/// <summary>What one insurer does not accept.</summary>
/// <param name="Insurer">Its name.</param>
/// <param name="Code">The insurer's own, such as <c>vehicle_unknown</c>.</param>
/// <param name="Fields">JSON pointers into what was entered; may be empty.</param>
public sealed record InsurerRejection(string Insurer, string Code, string Message, IReadOnlyList<string> Fields);

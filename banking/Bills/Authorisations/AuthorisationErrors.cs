namespace Serverless.Banking.Bills;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record AuthorisationNotFound() : NotFound("authorisation_not_found");

/// <summary>A cancelled authorisation is reopened first, then changed.</summary>
public sealed record AuthorisationCancelled() : Conflict("authorisation_cancelled");

/// <summary>The customer has an active authorisation for the same subscriber.</summary>
public sealed record AuthorisationExists(AuthorisationId Authorisation) : Conflict("authorisation_exists");

/// <summary>The company takes no authorisations, or no bills at all.</summary>
public sealed record InstitutionNotAvailable(string Field) : Invalid("institution_not_available", Field);

/// <summary>Automatic payment needs the day of the month.</summary>
public sealed record PaymentDayRequired(string Field) : Invalid("payment_day_required", Field);

public sealed record PaymentDayOutOfRange(string Field) : Invalid("payment_day_out_of_range", Field);

public sealed record EndDateNotInFuture(string Field) : Invalid("end_date_not_in_future", Field);

public sealed record MaximumNotPositive(string Field) : Invalid("maximum_not_positive", Field);

/// <summary>The maximum is compared with invoices, so it is in their currency.</summary>
public sealed record MaximumCurrency(string Field, string Currency) : Invalid("maximum_currency", Field);

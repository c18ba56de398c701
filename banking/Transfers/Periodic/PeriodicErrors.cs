namespace Serverless.Banking.Transfers;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record PeriodicTransferNotFound() : NotFound("periodic_transfer_not_found");

/// <summary>Cancelled or finished: it changes no more.</summary>
public sealed record PeriodicTransferEnded(PeriodicTransferState TransferState) : Conflict("periodic_transfer_ended");

public sealed record StartDateInPast(string Field) : Invalid("start_date_in_past", Field);

public sealed record EndDateBeforeStart(string Field) : Invalid("end_date_before_start", Field);

/// <summary>Nothing would be due until the end date any more.</summary>
public sealed record EndDateTooEarly(string Field) : Invalid("end_date_too_early", Field);

/// <summary>The number of transfers is at least one.</summary>
public sealed record CountBelowOne(string Field) : Invalid("count_below_one", Field);

/// <param name="Made">Due dates that are done with: the number must be above it.</param>
public sealed record CountAlreadyMade(string Field, int Made) : Invalid("count_already_made", Field);

/// <summary>Exactly one of an end date and a number of transfers.</summary>
public sealed record DurationNotOne(string Field) : Invalid("duration_not_one", Field);

/// <summary>A standing transfer to somebody else says what it is for (TRF-07).</summary>
public sealed record PeriodicDetailsMissing(string Field) : Invalid("periodic_details_missing", Field);

/// <summary>Between own accounts the destination is an account of the customer; else it is a payee. Exactly one of the two.</summary>
public sealed record PeriodicPayeeNotOne(string Field) : Invalid("periodic_payee_not_one", Field);

/// <param name="Version">Of the terms to accept.</param>
public sealed record PeriodicTermsNotAccepted(string Version) : Refused("periodic_terms_not_accepted");

public sealed record TooManyPeriodicTransfers(int Most) : Refused("too_many_periodic_transfers");

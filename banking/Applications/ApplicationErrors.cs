namespace Serverless.Banking.Applications;

/// <summary>Nothing of this id, or somebody else's, or of another product.</summary>
public sealed record ApplicationNotFound() : NotFound("application_not_found");

/// <summary>The id was used for another application.</summary>
public sealed record ApplicationExists() : Conflict("application_exists");

/// <summary>One application for a product at a time (PROD-08, PROD-27).</summary>
public sealed record ApplicationOpen(Guid ApplicationId) : Conflict("application_open");

/// <summary>What was submitted does not change any more.</summary>
public sealed record ApplicationNotDraft(ApplicationState ApplicationState) : Conflict("application_not_draft");

/// <summary>Too late to withdraw.</summary>
public sealed record ApplicationFinal(ApplicationState ApplicationState) : Conflict("application_final");

/// <summary>It waits for no decision, or for somebody else's.</summary>
public sealed record ApplicationDecided(ApplicationState ApplicationState) : Conflict("application_decided");

/// <summary>A colleague has proposed a decision, and a second one has not spoken yet.</summary>
public sealed record DecisionProposed(Guid ProposalId) : Conflict("decision_proposed");

/// <summary>Above what was asked for, or in another currency.</summary>
public sealed record DecidedLimitWrong(Money Highest) : Refused("decided_limit_wrong");

/// <summary>The products are for individuals.</summary>
public sealed record NotAnIndividual() : Refused("not_an_individual");

/// <summary>No salary has arrived on an account of the customer's within the last 45 days.</summary>
public sealed record NoSalaryAtBank() : Refused("no_salary_at_bank");

/// <param name="MinimumMonths">In the current job.</param>
public sealed record JobTooRecent(int MinimumMonths) : Refused("job_too_recent");

/// <summary>Not one of the suggested limits (PROD-24).</summary>
public sealed record LimitNotSuggested(IReadOnlyList<string> Suggested) : Refused("limit_not_suggested");

/// <summary>Less time at work in all than in the current job.</summary>
public sealed record TotalBelowCurrentJob(string Field) : Invalid("total_below_current_job", Field);

/// <summary>Not in the list of the form (PROD-35).</summary>
public sealed record ValueNotListed(string Field) : Invalid("value_not_listed", Field);

/// <param name="Missing">Which parts.</param>
public sealed record ApplicationIncomplete(IReadOnlyList<string> Missing) : Refused("application_incomplete");

/// <param name="TermsVersion">The version that is to be accepted.</param>
public sealed record ApplicationTermsNotAccepted(string TermsVersion) : Refused("application_terms_not_accepted");

/// <summary>Without it the credit registry cannot be asked (PROD-30).</summary>
public sealed record RegistryConsentMissing() : Refused("registry_consent_missing");

/// <summary>Somebody else changed the application in the same moment, again and again; the same call may be sent again.</summary>
public sealed record ApplicationBusy() : Conflict("application_busy");

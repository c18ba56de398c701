namespace Serverless.Banking.Onboarding;

/// <summary>A letter, eight digits, a letter.</summary>
public sealed record PersonalIdInvalid(string Field) : Invalid("personal_id_invalid", Field);

/// <summary>The text that came with the code's sending is not one of this bank, or too old: ask for another code.</summary>
public sealed record EmailChallengeInvalid() : Refused("email_challenge_invalid");

/// <summary>The person is a customer: the registration for existing clients is the way (ONB-02).</summary>
public sealed record AlreadyClient() : Conflict("already_client");

/// <summary>No application of this person with this e-mail address.</summary>
public sealed record OnboardingNotFound() : NotFound("onboarding_not_found");

/// <summary>The application token is missing, altered, too old, or another device has gone on: prove the e-mail address again.</summary>
public sealed record ApplicationTokenInvalid() : Unauthenticated("application_token_invalid");

/// <summary>The application is at its end.</summary>
public sealed record OnboardingClosed(OnboardingState ApplicationStatus) : Conflict("onboarding_closed");

/// <summary>Both documents must be approved, in their present versions.</summary>
public sealed record ConsentRequired(string Field) : Invalid("consent_required", Field);

/// <summary>No more video sessions: a branch identifies the person (ONB-31).</summary>
public sealed record IdentificationExhausted() : Refused("identification_exhausted");

/// <summary>No Albanian mobile number: +3556XXXXXXXX (ONB-26).</summary>
public sealed record MobileInvalid(string Field) : Invalid("mobile_invalid", Field);

/// <summary>A customer has this number.</summary>
public sealed record MobileInUse() : Conflict("mobile_in_use");

/// <summary>Not in the list (ONB-24).</summary>
public sealed record NotInList(string Field) : Invalid("not_in_list", Field);

/// <summary>It does not belong to the city.</summary>
public sealed record NotInCity(string Field, string City) : Invalid("not_in_city", Field);

/// <summary>Names a character that an address row may not have.</summary>
public sealed record AddressCharacter(string Field, string Character) : Invalid("address_character", Field);

/// <summary>Not a name of a person.</summary>
public sealed record NameMalformed(string Field) : Invalid("name_malformed", Field);

/// <summary>What is confirmed is not what is shown now: look again.</summary>
public sealed record DataChanged(string DataHash) : Conflict("data_changed");

/// <summary>Nobody can be compared with the sanctions list now; try again later.</summary>
public sealed record ScreeningUnavailable() : Unavailable("screening_unavailable");

/// <summary>The application waits for no decision, or for another one.</summary>
public sealed record ReviewNotOpen(OnboardingState ApplicationStatus) : Conflict("review_not_open");

/// <summary>Nobody who applies with this address and number is locked out.</summary>
public sealed record ApplicantNotLocked() : Conflict("applicant_not_locked");

namespace Serverless.Banking.EKlik;

/// <summary>Not 3 to 50 of <c>a-z 0-9 . _ - @</c>.</summary>
public sealed record UserNameMalformed(string Field) : Invalid("user_name_malformed", Field);

/// <summary>Told to staff only.</summary>
public sealed record EKlikUserNotFound() : NotFound("eklik_user_not_found");

/// <summary>Somebody has this name already.</summary>
public sealed record UserNameTaken() : Conflict("user_name_taken");

/// <summary>An activation code goes by e-mail only to a customer without a number of a local operator (EKL-01).</summary>
public sealed record ActivationByEmailNotAllowed() : Refused("activation_by_email_not_allowed");

/// <summary>The customer has no number of a local operator (EKL-01).</summary>
public sealed record ActivationBySmsNotAllowed() : Refused("activation_by_sms_not_allowed");

/// <summary>The bank has no e-mail address of the customer.</summary>
public sealed record EmailAddressMissing() : Refused("email_address_missing");

/// <summary>Unknown user or wrong code: nobody learns which (EKL-02).</summary>
/// <param name="AttemptsLeft">Counted for unknown names too.</param>
public sealed record ActivationRefused(int AttemptsLeft) : Refused("activation_refused");

/// <summary>The code was used: it works once.</summary>
public sealed record ActivationCodeUsed() : Refused("activation_code_used");

public sealed record ActivationCodeExpired() : Refused("activation_code_expired");

/// <summary>The activation is over, done or never was: begin with a new code.</summary>
public sealed record ActivationOver() : Refused("activation_over");

/// <summary>By too many wrong tries, or at the customer's request: the bank lifts it (EKL-09, EKL-26).</summary>
public sealed record EKlikUserBlocked() : Refused("eklik_user_blocked");

/// <summary>Nothing of this user is blocked.</summary>
public sealed record EKlikUserNotBlocked() : Conflict("eklik_user_not_blocked");

/// <summary>Unknown user or wrong password: nobody learns which (EKL-04, EKL-05).</summary>
/// <param name="AttemptsLeft">Before the user is blocked; counted for unknown names too.</param>
public sealed record EKlikCredentialsInvalid(int AttemptsLeft) : Refused("eklik_credentials_invalid");

/// <summary>A user with payment right signs in with a one-time password of the token besides (EKL-05).</summary>
public sealed record TokenOtpRequired() : Refused("token_otp_required");

/// <summary>Not what the token shows.</summary>
public sealed record TokenOtpWrong(int AttemptsLeft) : Refused("token_otp_wrong");

/// <summary>It was right, and is older than a minute or was used: take the next one.</summary>
public sealed record TokenOtpOld() : Refused("token_otp_old");

/// <summary>Too many wrong one-time passwords, or wrong codes of an mToken (EKL-10, EKL-11, EKL-26).</summary>
public sealed record TokenBlocked() : Refused("token_blocked");

/// <summary>The user has no token, or a new mToken waits to be activated.</summary>
public sealed record NoTokenYet() : Refused("no_token_yet");

/// <summary>Tokens are for users with payment right.</summary>
public sealed record TokenForPaymentUsers() : Refused("token_for_payment_users");

/// <summary>No hardware token has this serial number.</summary>
public sealed record HardwareTokenNotFound() : NotFound("hardware_token_not_found");

/// <summary>The token is another user's, or was: a token belongs to one user for ever.</summary>
public sealed record HardwareTokenTaken() : Conflict("hardware_token_taken");

/// <summary>This serial number was registered with another secret.</summary>
public sealed record HardwareTokenKnown() : Conflict("hardware_token_known");

/// <summary>The token is nobody's, or its user has another one now.</summary>
public sealed record HardwareTokenNotInUse() : Conflict("hardware_token_not_in_use");

/// <summary>Not two codes that the token has shown one after the other within the last day, or used before (EKL-10).</summary>
public sealed record SynchronisationFailed() : Refused("synchronisation_failed");

/// <summary>All digits are the same or follow each other.</summary>
public sealed record MTokenPinWeak(string Field) : Invalid("mtoken_pin_weak", Field);

/// <summary>No such link, or a newer one was sent.</summary>
public sealed record ResetLinkUnknown() : NotFound("reset_link_unknown");

public sealed record ResetLinkUsed() : Refused("reset_link_used");

/// <summary>Its half hour is over (EKL-27).</summary>
public sealed record ResetLinkExpired() : Refused("reset_link_expired");

/// <summary>The password is changed only after the link was opened (EKL-08).</summary>
public sealed record ResetLinkNotOpened() : Conflict("reset_link_not_opened");

/// <summary>At least 8 characters (EKL-03).</summary>
public sealed record EKlikPasswordLength(string Field, int Min) : Invalid("eklik_pwd_length", Field);

/// <summary>A capital letter is needed.</summary>
public sealed record EKlikPasswordCapital(string Field) : Invalid("eklik_pwd_capital", Field);

/// <summary>A letter besides the capital is needed, of either case.</summary>
public sealed record EKlikPasswordLetter(string Field) : Invalid("eklik_pwd_letter", Field);

public sealed record EKlikPasswordDigit(string Field) : Invalid("eklik_pwd_digit", Field);

/// <summary>Something is needed that is neither letter nor digit nor space.</summary>
public sealed record EKlikPasswordSymbol(string Field) : Invalid("eklik_pwd_symbol", Field);

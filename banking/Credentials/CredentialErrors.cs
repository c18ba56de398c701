using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>Neither a customer number (nine digits) nor a personal number (letter, eight digits, letter).</summary>
public sealed record IdentifierMalformed(string Field) : Invalid("identifier_malformed", Field);

/// <summary>Unknown user, client who is not registered, or wrong password: nobody learns which (AUTH-01).</summary>
/// <param name="AttemptsLeft">Before the login is locked; counted for unknown users too.</param>
public sealed record InvalidCredentials(int AttemptsLeft) : Refused("invalid_credentials");

/// <summary>The customer who is signed in gave a wrong password.</summary>
public sealed record WrongPassword(int AttemptsLeft) : Refused("wrong_password");

/// <summary>Too many wrong tries: nothing is checked before that moment (AUTH-22).</summary>
public sealed record UserLocked(Instant Until) : Refused("user_locked");

/// <summary>Locked too often: a recovery of the password or the bank's staff lifts it (AUTH-22).</summary>
public sealed record UserBlocked() : Refused("user_blocked");

/// <summary>Too many people sign in at this moment.</summary>
public sealed record LoginBusy() : Unavailable("login_busy");

/// <summary>The customer has no password, because the customer has not registered.</summary>
public sealed record NotRegistered() : Refused("not_registered");

/// <summary>8 to 16 characters (ONB-07).</summary>
public sealed record PasswordLength(string Field, int Min, int Max) : Invalid("pwd_length", Field);

/// <summary>Letters and digits are both needed.</summary>
public sealed record PasswordLetterDigit(string Field) : Invalid("pwd_letter_digit", Field);

/// <summary>A capital and a small letter are needed.</summary>
public sealed record PasswordCase(string Field) : Invalid("pwd_case", Field);

/// <summary>It holds the date of birth.</summary>
public sealed record PasswordBirthDate(string Field) : Invalid("pwd_birthdate", Field);

/// <summary>Three digits in it are the same or follow each other: 111, 123, 321.</summary>
public sealed record PasswordSequence(string Field) : Invalid("pwd_sequence", Field);

/// <summary>Something in it is neither a letter A to Z nor a digit.</summary>
public sealed record PasswordSymbol(string Field) : Invalid("pwd_symbol", Field);

/// <summary>Little more than a word that everybody tries first.</summary>
public sealed record PasswordCommon(string Field) : Invalid("pwd_common", Field);

/// <summary>One of the customer's last five passwords (AUTH-26).</summary>
public sealed record PasswordReused(string Field) : Invalid("pwd_reused", Field);

/// <summary>Not one of the last five passwords (AUTH-14).</summary>
public sealed record PasswordNotInLastFive(int AttemptsLeft) : Refused("password_not_in_last_five");

/// <summary>Not the code that was sent.</summary>
public sealed record OtpWrong(int AttemptsLeft) : Refused("otp_wrong");

/// <summary>The code's two minutes are over, it was used, or a newer one was sent.</summary>
public sealed record OtpExpired() : Refused("otp_expired");

/// <summary>Too many wrong codes: what they were for has to be begun again (AUTH-22).</summary>
public sealed record ChallengeCancelled() : Refused("challenge_cancelled");

/// <summary>The customer has no mobile number on file.</summary>
public sealed record MobileMissing() : Refused("mobile_missing");

/// <summary>The login took too long, is finished, or never was: begin again (AUTH-02).</summary>
public sealed record ChallengeExpired() : Refused("challenge_expired");

/// <summary>No such unique code of this customer, or it was cancelled.</summary>
public sealed record CodeInvalid() : Refused("code_invalid");

public sealed record CodeExpired() : Refused("code_expired");

public sealed record CodeUsed() : Refused("code_used");

/// <summary>Too many wrong secrets; the bank's staff can lift it (ONB-25).</summary>
public sealed record RegistrationLocked(Instant Until) : Refused("registration_locked");

/// <summary>No client of the bank has this number.</summary>
public sealed record ClientNotFound() : NotFound("client_not_found");

/// <summary>Unique codes are given only to a client who stands at the counter (ONB-05).</summary>
public sealed record ClientNotPresent() : Refused("client_not_present");

/// <summary>There is nothing to unlock.</summary>
public sealed record UserNotLocked() : Conflict("user_not_locked");

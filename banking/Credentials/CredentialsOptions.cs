using System.ComponentModel.DataAnnotations;
using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Credentials;

/// <summary>Section <c>Credentials</c>. The numbers are those of AUTH-22, AUTH-23, ONB-25 and ONB-26.</summary>
public sealed class CredentialsOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance of the app: keys the hashes of short codes, which are too short for any other. A secret.</summary>
    [Required]
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys before; unique codes that they hashed stay good. One may go after <see cref="UniqueCodeHours"/>.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for one password: OWASP's current advice. Stored hashes of another cost are renewed at the next login.</summary>
    [Range(1_000, 10_000_000)]
    public int HashIterations { get; set; } = 220_000;

    /// <summary>Passwords hashed at the same time in one process, so that logins leave processors to payments; 0: half of the processors.</summary>
    [Range(0, 64)]
    public int HashesAtOnce { get; set; }

    /// <summary>Who may wait for a turn; further logins are asked to come again.</summary>
    [Range(0, 10_000)]
    public int HashesWaiting { get; set; } = 64;

    /// <summary>Wrong passwords in a row that lock the login.</summary>
    [Range(1, 100)]
    public int PasswordTries { get; set; } = 5;

    [Range(1, 1440)]
    public int LockMinutes { get; set; } = 30;

    /// <summary>This many locks within a day block the user until recovery or staff.</summary>
    [Range(1, 100)]
    public int LocksThatBlock { get; set; } = 3;

    /// <summary>Life of a one-time code from its sending.</summary>
    [Range(30, 600)]
    public int CodeSeconds { get; set; } = 120;

    [Range(0, 600)]
    public int ResendSeconds { get; set; } = 30;

    /// <summary>One-time codes sent to one customer, or one address of somebody who is none.</summary>
    [Range(1, 1000)]
    public int SendsPerHour { get; set; } = 5;

    /// <summary>Wrong one-time codes that cancel what they were for.</summary>
    [Range(1, 100)]
    public int CodeTries { get; set; } = 5;

    /// <summary>Cancelled codes within an hour that lock the login.</summary>
    [Range(1, 100)]
    public int CancelledThatLock { get; set; } = 3;

    [Range(1, 720)]
    public int UniqueCodeHours { get; set; } = 72;

    /// <summary>Wrong unique codes that void the right one.</summary>
    [Range(1, 100)]
    public int UniqueCodeTries { get; set; } = 5;

    /// <summary>Wrong old passwords of a recovery.</summary>
    [Range(1, 100)]
    public int OldPasswordTries { get; set; } = 3;

    /// <summary>How long registration stays locked after too many wrong secrets.</summary>
    [Range(1, 720)]
    public int RegistrationLockHours { get; set; } = 24;

    /// <summary>How long a login may take from the password to the session.</summary>
    [Range(1, 60)]
    public int ChallengeMinutes { get; set; } = 10;

    /// <summary>How long a registration may take.</summary>
    [Range(1, 1440)]
    public int RegistrationMinutes { get; set; } = 30;

    /// <summary>First steps of logins and registrations that one address may try in a minute.</summary>
    [Range(1, 100_000)]
    public int AddressTriesPerMinute { get; set; } = 30;

    /// <summary>Starts of a recovery for one identifier in a day (AUTH-28).</summary>
    [Range(1, 1000)]
    public int RecoveryStartsPerDay { get; set; } = 5;

    /// <summary>What a recovery may take from its start (AUTH-28).</summary>
    [Range(1, 1440)]
    public int RecoveryMinutes { get; set; } = 15;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OldKeys.Prepend(Key).Any(key => !QuotesOptions.IsKey(key)))
            yield return new ValidationResult("Credentials:Key and Credentials:OldKeys must be base64 of exactly 32 bytes.", [nameof(Key)]);
    }

    internal Duration Lock => Duration.FromMinutes(LockMinutes);
}

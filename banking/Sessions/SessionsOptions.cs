using System.ComponentModel.DataAnnotations;
using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Sessions;

/// <summary>Section <c>Sessions</c>.</summary>
public sealed class SessionsOptions : IValidatableObject
{
    /// <summary>The P-256 private key that signs access tokens, as PEM or JWK: in Azure a Key Vault reference. A secret.</summary>
    [Secret]
    public string? SigningKey { get; set; }

    /// <summary>A file with the keys as a JWK set, used when there is no <see cref="SigningKey"/>; made when it does not exist. For one machine.</summary>
    public string? KeyFile { get; set; }

    /// <summary>
    /// Keys that are published and taken and do not sign, as PEM or JWK: the next one from before the change until every instance has it, the last one until
    /// <see cref="AccessMinutes"/> after.
    /// </summary>
    [Secret]
    public IList<string> OtherKeys { get; } = [];

    /// <summary>Base64 of 32 random bytes, the same in every instance: refresh tokens are made from it and the session's row. A secret; another one signs everybody out.</summary>
    [Required]
    [Secret]
    public string RefreshKey { get; set; } = "";

    /// <summary>The bank's name in its tokens (<c>iss</c>): the address of its public API in production.</summary>
    [Required, MaxLength(200)]
    public string Issuer { get; set; } = "urn:serverless:bank";

    /// <summary>The <c>aud</c> of its tokens.</summary>
    [Required, MaxLength(200)]
    public string Audience { get; set; } = "bank-api";

    /// <summary>How long an access token is good (AUTH-25).</summary>
    [Range(1, 60)]
    public int AccessMinutes { get; set; } = 5;

    /// <summary>A session in which nothing is done for longer ends (AUTH-25, LIFE-15).</summary>
    [Range(1, 60)]
    public int IdleMinutes { get; set; } = 5;

    /// <summary>The same for eKlik.</summary>
    [Range(1, 60)]
    public int EKlikIdleMinutes { get; set; } = 10;

    /// <summary>No session lasts longer (AUTH-25, LIFE-15).</summary>
    [Range(1, 24)]
    public int AbsoluteHours { get; set; } = 12;

    /// <summary>Activity is written down when the last note of it is this old, so an idle session may end so much early and never late.</summary>
    [Range(0, 60)]
    public int ActivitySeconds { get; set; } = 15;

    /// <summary>How far the clock of an installation, or of another instance of the app, may be from ours.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 60;

    /// <summary>How long the retry of a refresh whose answer was lost is answered again.</summary>
    [Range(5, 300)]
    public int RetrySeconds { get; set; } = 60;

    /// <summary>Sessions of one user at a time outside the app, which has one; the oldest makes room.</summary>
    [Range(1, 20)]
    public int BrowsersAtMost { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(SigningKey) && string.IsNullOrEmpty(KeyFile))
            yield return new ValidationResult("Set Sessions:SigningKey, or Sessions:KeyFile on one machine.", [nameof(SigningKey)]);
        if (!QuotesOptions.IsKey(RefreshKey))
            yield return new ValidationResult("Sessions:RefreshKey must be base64 of exactly 32 bytes.", [nameof(RefreshKey)]);
    }

    internal Duration IdleOf(SessionChannel channel) => Duration.FromMinutes(channel == SessionChannel.EKlik ? EKlikIdleMinutes : IdleMinutes);
}

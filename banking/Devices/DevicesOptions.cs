using System.ComponentModel.DataAnnotations;
using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Devices;

/// <summary>Section <c>Devices</c>.</summary>
public sealed class DevicesOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance of the app: seals nonces and, at rest, the secrets of Soft PINs. A secret.</summary>
    [Required]
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys that sealed before; still opened. One may go when no trusted device is older than its replacement.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>How long a nonce can be signed.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan NonceLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Public keys (JWK, P-256) of those who vouch for installation keys: the adapter that checks Google's and Apple's attestations. See docs/partners.md.
    /// </summary>
    public IList<string> AttestationKeys { get; } = [];

    /// <summary>A trusted device that is not used as long loses the trust (PROF-31).</summary>
    [Range(1, 3650)]
    public int DormantDays { get; set; } = 180;

    /// <summary>How long the activity of devices is kept (PROF-30).</summary>
    [Range(1, 120)]
    public int ActivityMonths { get; set; } = 13;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OldKeys.Prepend(Key).Any(key => !QuotesOptions.IsKey(key)))
            yield return new ValidationResult("Devices:Key and Devices:OldKeys must be base64 of exactly 32 bytes.", [nameof(Key)]);
        if (AttestationKeys.Any(key => DeviceKey.Find(key) is null))
            yield return new ValidationResult("Devices:AttestationKeys must be JWKs of P-256 keys.", [nameof(AttestationKeys)]);
    }

    internal Instant DormantAt(Instant used) => used + Duration.FromDays(DormantDays);

    /// <summary>When something done at this moment has been kept long enough.</summary>
    internal Instant TooOldAt(Instant done) => Shift(done, ActivityMonths);

    /// <summary>What was done at this moment or before has been kept long enough.</summary>
    internal Instant TooOldSince(Instant now) => Shift(now, -ActivityMonths);

    private static Instant Shift(Instant moment, int months) => moment.InUtc().LocalDateTime.PlusMonths(months).InUtc().ToInstant();

    internal byte[][] KeyBytes() => [.. OldKeys.Prepend(Key).Select(Convert.FromBase64String)];
}

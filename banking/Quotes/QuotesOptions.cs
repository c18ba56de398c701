using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Quotes;

/// <summary>Section <c>Quotes</c>.</summary>
public sealed class QuotesOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance of the app: seals quotes and references. A secret.</summary>
    [Required]
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys that sealed before; still opened, so that a change of key voids no quote. Each may go five minutes after the change.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>How long a prepared operation can be confirmed, and a shown exchange rate holds (TRF-44).</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OldKeys.Prepend(Key).Any(key => !IsKey(key)))
            yield return new ValidationResult("Quotes:Key and Quotes:OldKeys must be base64 of exactly 32 bytes.", [nameof(Key)]);
    }

    internal static bool IsKey(string text)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == SealedBytes.KeyBytes;
    }
}

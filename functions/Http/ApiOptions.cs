using System.ComponentModel.DataAnnotations;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Section <c>Api</c>.</summary>
public sealed class ApiOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance of the app: seals the cursors of lists. A secret.</summary>
    [Required]
    [Secret]
    public string CursorKey { get; set; } = "";

    /// <summary>How many proxies of our own stand before the app and write <c>X-Forwarded-For</c>; 0: callers connect directly.</summary>
    [Range(0, 10)]
    public int ForwardedHops { get; set; }

    internal byte[] CursorKeyBytes => Convert.FromBase64String(CursorKey);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var bytes = new byte[64];
        if (!Convert.TryFromBase64String(CursorKey, bytes, out var length) || length != 32)
            yield return new ValidationResult("Api:CursorKey must be base64 of exactly 32 bytes.", [nameof(CursorKey)]);
    }
}

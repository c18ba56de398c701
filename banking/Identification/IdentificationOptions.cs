using System.ComponentModel.DataAnnotations;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Identification;

/// <summary>Section <c>Identification</c>.</summary>
public sealed class IdentificationOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance of the app: seals what documents say, the pictures, and applicants' data at rest. A secret.</summary>
    [Required]
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys before; they go on opening what they sealed.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>How long a session lives, unless the provider says less (ONB-27).</summary>
    [Range(1, 1440)]
    public int SessionMinutes { get; set; } = 30;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OldKeys.Prepend(Key).Any(key => !QuotesOptions.IsKey(key)))
            yield return new ValidationResult("Identification:Key and Identification:OldKeys must be base64 of exactly 32 bytes.", [nameof(Key)]);
    }
}

using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Receipts;

/// <summary>Section <c>Receipts</c>.</summary>
public sealed class ReceiptsOptions : IValidatableObject
{
    /// <summary>The P-256 private key that signs, as PEM or JWK: in Azure a Key Vault reference. A secret.</summary>
    [Secret]
    public string? SigningKey { get; set; }

    /// <summary>
    /// A file with the keys as a JWK set, used when there is no <see cref="SigningKey"/>: its first key signs, all of them verify. Made with a new key when it does not
    /// exist. For one machine: several instances of the app need the same key.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>Keys that signed before, as PEM or JWK, private or public: receipts are good for ever, so none is ever removed.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>The bank's name in its receipts (<c>iss</c>): the address of its public API in production.</summary>
    [Required, MaxLength(200)]
    public string Issuer { get; set; } = "urn:serverless:bank";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(SigningKey) && string.IsNullOrEmpty(KeyFile))
            yield return new ValidationResult("Set Receipts:SigningKey, or Receipts:KeyFile on one machine.", [nameof(SigningKey)]);
    }
}

using System.ComponentModel.DataAnnotations;

namespace Serverless.Functions.Authentication;

/// <summary>Section <c>Authentication</c>: whose tokens of staff the API takes (Entra ID). Customers' are the bank's own.</summary>
public sealed class AuthenticationOptions : IValidatableObject
{
    /// <summary>The <c>iss</c> of good tokens, and where <c>/.well-known/openid-configuration</c> is. https, or http on this machine.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> of good tokens.</summary>
    [Required]
    public string Audience { get; set; } = "bank-api";

    /// <summary>The directory (<c>tid</c>) that staff belong to; empty takes any that the issuer signs for, which only a single-tenant issuer makes safe.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>
    /// The claim that names a member of staff in the audit trail and before four eyes. <c>oid</c> never changes and is never given to somebody else;
    /// another one only where the directory promises the same.
    /// </summary>
    [Required]
    public string StaffClaim { get; set; } = "oid";

    /// <summary>How far the issuer's clock may be from ours.</summary>
    [Range(0, 300)]
    public int ClockSkewSeconds { get; set; } = 30;

    /// <summary>How long the issuer's keys are used without asking again.</summary>
    [Range(1, 1440)]
    public int KeysMinutes { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer) || !IsSafe(issuer))
            yield return new ValidationResult("Authentication:Issuer must be an https address (http is for this machine only).", [nameof(Issuer)]);
    }

    internal static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}

using System.ComponentModel.DataAnnotations;

namespace Serverless.Functions.Authentication;

/// <summary>Section <c>Authentication</c>: whose tokens the API takes.</summary>
public sealed class AuthenticationOptions : IValidatableObject
{
    /// <summary>The <c>iss</c> of good tokens, and where <c>/.well-known/openid-configuration</c> is. https, or http on this machine.</summary>
    [Required]
    public string Issuer { get; set; } = "";

    /// <summary>The <c>aud</c> of good tokens.</summary>
    [Required]
    public string Audience { get; set; } = "bank-api";

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

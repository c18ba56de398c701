using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Serverless.Functions.Authentication;

/// <summary>Reads the claims of a token whose signature is already known to be good.</summary>
internal static partial class CallerClaims
{
    /// <summary>Null when the token names no member of the staff: the issuer has nothing to say about customers.</summary>
    public static Caller? Read(JsonWebToken token, AuthenticationOptions options) =>
        options.TenantId.Length > 0 && Text(token, "tid") != options.TenantId ? null
        : Text(token, options.StaffClaim) is { } staff && StaffId.IsMatch(staff) ? new StaffCaller(staff, Roles(token))
        : null;

    /// <summary>The app roles; <c>audit</c> is what the auditors' was called before.</summary>
    private static HashSet<string> Roles(JsonWebToken token) =>
        new(Words(token, "roles").Select(role => role == "audit" ? Http.Role.Auditor : role), StringComparer.Ordinal);

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static HashSet<string> Words(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string[]>(claim, out var values) ? new(values, StringComparer.Ordinal) : [];

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex StaffId { get; }
}

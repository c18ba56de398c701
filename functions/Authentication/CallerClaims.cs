using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Serverless.Banking;
using Serverless.Banking.Sessions;

namespace Serverless.Functions.Authentication;

/// <summary>Reads the claims of a token whose signature is already known to be good.</summary>
internal static partial class CallerClaims
{
    /// <summary>Null when the token names neither a customer nor a member of staff.</summary>
    public static Caller? Read(JsonWebToken token, AuthenticationOptions options) =>
        Text(token, "kind") == "customer" ? (CustomerId.Find(token.Subject) is { } id ? Customer(id, token) : null)
        : options.TenantId.Length > 0 && Text(token, "tid") != options.TenantId ? null
        : Text(token, options.StaffClaim) is { } staff && StaffId.IsMatch(staff) ? new StaffCaller(staff, Roles(token))
        : null;

    /// <summary>The app roles; <c>audit</c> is what the auditors' was called before.</summary>
    private static HashSet<string> Roles(JsonWebToken token) =>
        new(Words(token, "roles").Select(role => role == "audit" ? Http.Role.Auditor : role), StringComparer.Ordinal);

    private static CustomerCaller Customer(CustomerId id, JsonWebToken token)
    {
        var rights = Words(token, "rights");
        var mayPay = rights.Contains("payment");
        return new CustomerCaller(id, mayPay || rights.Contains("info"), mayPay)
        {
            Name = Text(token, "name"),
            Email = Text(token, "email"),
            Phone = Text(token, "phone"),
            Locale = Text(token, "locale"),
            DeviceTrusted = token.TryGetPayloadValue<bool>("device_trusted", out var isTrusted) && isTrusted,
            Channel = Text(token, "channel") == "web" ? SessionChannel.Web : SessionChannel.App,
        };
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static HashSet<string> Words(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string[]>(claim, out var values) ? new(values, StringComparer.Ordinal) : [];

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex StaffId { get; }
}

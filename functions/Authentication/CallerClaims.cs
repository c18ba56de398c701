using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Serverless.Banking;

namespace Serverless.Functions.Authentication;

/// <summary>Reads the claims of a token whose signature is already known to be good.</summary>
internal static partial class CallerClaims
{
    /// <summary>Null when the token names neither a customer nor a member of staff.</summary>
    public static Caller? Read(JsonWebToken token) => Text(token, "kind") switch
    {
        "customer" when CustomerId.Find(token.Subject) is { } id => Customer(id, token),
        "staff" when StaffId.IsMatch(token.Subject) => new StaffCaller(token.Subject, Words(token, "roles")),
        _ => null,
    };

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
            Channel = Text(token, "channel") == "web" ? "web" : "mobile",
        };
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) ? value : null;

    private static HashSet<string> Words(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string[]>(claim, out var values) ? new(values, StringComparer.Ordinal) : [];

    [GeneratedRegex(@"\A[A-Za-z0-9._@-]{1,64}\z")]
    private static partial Regex StaffId { get; }
}

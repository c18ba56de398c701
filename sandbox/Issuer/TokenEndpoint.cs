using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Issuer;

/// <summary>The token endpoint. No password: whoever reaches the sandbox may be anybody of the staff.</summary>
internal static partial class TokenEndpoint
{
    private const int UsualLifetimeSeconds = 3600;
    private const int LongestLifetimeSeconds = 366 * 24 * 3600;

    private static readonly HashSet<string> Fields = new(StringComparer.Ordinal) { "staff", "roles", "lifetime", "grant_type", "scope", "code", "code_verifier", "redirect_uri", "client_id" };

    public static void MapToken(this IEndpointRouteBuilder issuer) => issuer.MapPost("/token", async (HttpContext context, TokenMint mint, People people, AuthorizationCodes codes) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        return await ReadFormAsync(context.Request) is { } form
            ? form.ContainsKey("code") ? Redeem(context, form, mint, people, codes) : Issue(context, form, mint, people)
            : Refuse("Send a form (application/x-www-form-urlencoded).");
    });

    private static async Task<IFormCollection?> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>RFC 6749, section 4.1.3, with RFC 7636. From a page of another origin: the code and its verifier say that it is the one that was asked.</summary>
    private static IResult Redeem(HttpContext context, IFormCollection form, TokenMint mint, People people, AuthorizationCodes codes)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return codes.Redeem(Field(form, "code"), Field(form, "code_verifier"), Field(form, "redirect_uri"), Field(form, "client_id")) is { } staff
            ? Answer(mint.Mint(staff, people.StaffMember(staff).Roles, TimeSpan.FromSeconds(UsualLifetimeSeconds)), TimeSpan.FromSeconds(UsualLifetimeSeconds))
            : Answers.Json(400, new TokenError("invalid_grant", "The code is unknown, used, too old, or another's."));
    }

    private static IResult Issue(HttpContext context, IFormCollection form, TokenMint mint, People people)
    {
        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            return Refuse("A page of another site signs people in at the authorization endpoint.");
        }

        if (form.FirstOrDefault(field => !Fields.Contains(field.Key) || field.Value.Count != 1) is { Key: { } odd })
        {
            return Refuse($"The field '{odd}' is unknown or there more than once.");
        }

        if (!TryReadLifetime(form, out var lifetime))
        {
            return Refuse($"lifetime is in seconds, 1 to {LongestLifetimeSeconds}.");
        }

        return Field(form, "staff") is { } staff ? IssueTo(staff, form, mint, people, lifetime) : Refuse("Give staff: customers sign in at the bank.");
    }

    private static IResult IssueTo(string staff, IFormCollection form, TokenMint mint, People people, TimeSpan lifetime)
    {
        if (!NameShape().IsMatch(staff))
        {
            return Refuse("staff is an id of a-z, 0-9 and -, at most 40 characters.");
        }

        var roles = Field(form, "roles")?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [.. people.StaffMember(staff).Roles];
        return roles.Length > 0 && roles.All(role => NameShape().IsMatch(role))
            ? Answer(mint.Mint(staff, roles, lifetime), lifetime)
            : Refuse("roles are names of a-z, 0-9 and -, separated by spaces or commas; this member of staff has none of its own.");
    }

    private static string? Field(IFormCollection form, string name) => form.TryGetValue(name, out var value) ? value.ToString() : null;

    private static bool TryReadLifetime(IFormCollection form, out TimeSpan lifetime)
    {
        var isRead = int.TryParse(
            Field(form, "lifetime") ?? UsualLifetimeSeconds.ToString(CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        lifetime = TimeSpan.FromSeconds(seconds);
        return isRead && seconds is >= 1 and <= LongestLifetimeSeconds;
    }

    private static IResult Answer(string token, TimeSpan lifetime) =>
        Answers.Json(200, new TokenResponse(token, "Bearer", (int)lifetime.TotalSeconds));

    /// <summary>The error form of RFC 6749, section 5.2.</summary>
    private static IResult Refuse(string why) => Answers.Json(400, new TokenError("invalid_request", why));

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,39}\z")]
    private static partial Regex NameShape();

    internal sealed record TokenResponse(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);

    internal sealed record TokenError(
        [property: JsonPropertyName("error")] string Error,
        [property: JsonPropertyName("error_description")] string Description);
}

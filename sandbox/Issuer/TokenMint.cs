using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Serverless.Sandbox.Clock;

namespace Serverless.Sandbox.Issuer;

/// <summary>Makes the access tokens of docs/partners.md, by the sandbox's clock.</summary>
internal sealed class TokenMint(SigningKey key, IssuerAddress address, People people, SandboxClock clock)
{
    private const string Audience = "bank-api";

    /// <summary>The directory of the bank's staff.</summary>
    private const string Tenant = "5b1c7a52-7f0e-4c1d-9d0e-6f1f0c9f2b11";

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string ForCustomer(string number, bool mayPay, Device device, TimeSpan lifetime)
    {
        var profile = people.Customer(number);
        return Mint(
            number, lifetime, "customer", mayPay ? ["info", "payment"] : ["info"], [], profile.Name, profile.Email, profile.Phone, profile.Locale, device);
    }

    public string ForStaff(string id, IReadOnlyList<string> roles, TimeSpan lifetime)
    {
        var profile = people.StaffMember(id);
        return Mint(id, lifetime, "staff", [], roles, profile.Name, profile.Email, profile.Phone, profile.Locale);
    }

    private string Mint(
        string subject, TimeSpan lifetime, string kind, IReadOnlyList<string> rights, IReadOnlyList<string> roles,
        string name, string email, string phone, string locale, Device? device = null)
    {
        // Whole seconds, as the claims have them: otherwise nbf might round up past iat.
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.Now.ToUnixTimeSeconds()).UtcDateTime;
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["kind"] = kind,
            ["rights"] = rights.ToArray(),
            ["roles"] = roles.ToArray(),
            ["name"] = name,
            ["email"] = email,
            ["phone"] = phone,
            ["locale"] = locale,
        };
        if (kind == "staff")
        {
            // As Entra ID writes them: an object id that never changes, a user name for people, the directory, and the app roles.
            (claims["oid"], claims["preferred_username"], claims["tid"], claims["ver"]) = (ObjectIdOf(subject), subject, Tenant, "2.0");
        }

        if (device is not null)
        {
            (claims["device_trusted"], claims["channel"]) = (device.IsTrusted, device.Channel);
        }

        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = address.Url,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = key.Credentials,
            Claims = claims,
        });
    }

    /// <summary>The same person has the same id for ever.</summary>
    private static string ObjectIdOf(string staff) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(staff)).AsSpan(0, 16)).ToString();
}

/// <summary>What a customer called from when he signed in.</summary>
/// <param name="Channel"><c>mobile</c> or <c>web</c>.</param>
internal sealed record Device(bool IsTrusted, string Channel);

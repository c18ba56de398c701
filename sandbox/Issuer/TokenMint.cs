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

    /// <summary>As Entra ID writes them: an object id that never changes, a user name for people, the directory, and the app roles.</summary>
    public string Mint(string staff, IReadOnlyList<string> roles, TimeSpan lifetime)
    {
        // Whole seconds, as the claims have them: otherwise nbf might round up past iat.
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.Now.ToUnixTimeSeconds()).UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = address.Url,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = staff,
                ["jti"] = Guid.NewGuid().ToString("N"),
                ["oid"] = ObjectIdOf(staff),
                ["preferred_username"] = staff,
                ["tid"] = Tenant,
                ["ver"] = "2.0",
                ["name"] = people.StaffMember(staff).Name,
                ["roles"] = roles.ToArray(),
            },
        });
    }

    /// <summary>The same person has the same id for ever.</summary>
    private static string ObjectIdOf(string staff) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(staff)).AsSpan(0, 16)).ToString();
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Serverless.Sandbox.Clock;

namespace Serverless.Sandbox.Issuer;

/// <summary>What somebody has been let in with and not used yet; each once, for a minute.</summary>
internal sealed class AuthorizationCodes(SandboxClock clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Grant> grants = new(StringComparer.Ordinal);

    public string Give(string staff, AuthorizationRequest request)
    {
        var code = RandomNumberGenerator.GetHexString(40, lowercase: true);
        lock (gate)
        {
            foreach (var old in grants.Where(grant => grant.Value.Until <= clock.Now).Select(grant => grant.Key).ToArray())
                grants.Remove(old);
            grants[code] = new Grant(staff, request, clock.Now + Lifetime);
        }

        return code;
    }

    /// <returns>Who was let in; null when anything does not fit.</returns>
    public string? Redeem(string? code, string? verifier, string? redirect, string? client)
    {
        lock (gate)
        {
            return code is not null && grants.Remove(code, out var grant) && grant.Until > clock.Now && verifier is not null
                && grant.Request.RedirectUri == redirect && grant.Request.ClientId == client
                && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) == grant.Request.Challenge
                    ? grant.Staff
                    : null;
        }
    }

    private sealed record Grant(string Staff, AuthorizationRequest Request, DateTimeOffset Until);
}

internal sealed record AuthorizationRequest(string ClientId, string RedirectUri, string State, string Challenge, bool InFragment);

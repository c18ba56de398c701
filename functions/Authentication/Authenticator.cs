using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Serverless.Banking;
using Serverless.Functions.Http;

namespace Serverless.Functions.Authentication;

/// <summary>Tells who calls from the bearer token (RFC 6750): one of the bank's own sessions, or a JWT of the configured issuer, for this API, valid now.</summary>
/// <remarks>Source of the claims: docs/partners.md, Token issuer.</remarks>
internal sealed class Authenticator(AuthenticationOptions options, SessionCallers sessions, IssuerKeys keys, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 16 * 1024 };

    /// <returns>Or, first match: <see cref="TokenMissing"/>, <see cref="TokenInvalid"/>, <see cref="IssuerUnavailable"/>, <see cref="TokenExpired"/>, why the session is over.</returns>
    public async Task<Result<Caller>> AuthenticateAsync(HttpRequest request, AccessAttribute access)
    {
        var header = request.Headers.Authorization;
        if (header.Count == 0)
            return new TokenMissing();
        return header.Count == 1 && header[0]!.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await ReadAsync(header[0]![Scheme.Length..].Trim(), access, request.HttpContext.RequestAborted)
            : new TokenInvalid();
    }

    private async Task<Result<Caller>> ReadAsync(string text, AccessAttribute access, CancellationToken cancellation)
    {
        if (sessions.Find(text) is { } session)
            return await sessions.ReadAsync(session, access, cancellation);

        // What cannot be ours is refused before the issuer is asked for anything.
        if (Decode(text) is not { Alg: SecurityAlgorithms.EcdsaSha256 or SecurityAlgorithms.RsaSha256, Kid.Length: > 0 } token || token.Issuer != options.Issuer)
            return new TokenInvalid();
        return await (await keys.FindAsync(token.Kid, cancellation)).Then(key => ValidateAsync(text, key));
    }

    private static JsonWebToken? Decode(string text)
    {
        try
        {
            return text.Length <= Handler.MaximumTokenSizeInBytes && Handler.CanReadToken(text) ? Handler.ReadJsonWebToken(text) : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<Result<Caller>> ValidateAsync(string text, SecurityKey key)
    {
        var result = await Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = key,
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = IsCurrent,
        });
        return result switch
        {
            { IsValid: true, SecurityToken: JsonWebToken token } => CallerClaims.Read(token, options) is { } caller ? caller : new TokenInvalid(),
            { Exception: SecurityTokenExpiredException } => new TokenExpired(),
            _ => new TokenInvalid(),
        };
    }

    /// <summary>By the bank's clock, which tests and the Local build can move.</summary>
    private bool IsCurrent(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var skew = TimeSpan.FromSeconds(options.ClockSkewSeconds);
        if (expires is null || expires.Value + skew <= now)
            throw new SecurityTokenExpiredException();
        return notBefore is null || notBefore.Value - skew <= now;
    }
}

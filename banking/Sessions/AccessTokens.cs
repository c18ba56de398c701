using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Sessions;

/// <summary>The bank's access tokens: JWTs (RFC 9068) signed with ES256. They only say which session; what the caller may do is in the session's row.</summary>
public sealed class AccessTokens
{
    internal const string Type = "at+jwt";

    private readonly SessionKeys keys;
    private readonly SessionsOptions options;
    private readonly TimeProvider time;

    internal AccessTokens(SessionKeys keys, IOptions<SessionsOptions> options, TimeProvider time) => (this.keys, this.options, this.time) = (keys, options.Value, time);

    /// <summary>The <c>iss</c> of the bank's own tokens.</summary>
    public string Issuer => options.Issuer;

    /// <returns>Null for what is not an access token of this bank.</returns>
    public AccessClaims? Find(string text)
    {
        if (CompactJws.Find(text) is not { Type: Type } token || keys.Find(token.KeyId) is not { } key || !token.IsSignedBy(key))
            return null;
        var isOurs = token.Text("iss") == options.Issuer && token.Text("aud") == options.Audience;
        if (!isOurs || CustomerId.Find(token.Text("sub")) is not { } customer || SessionId.Find(token.Text("sid")) is not { } session
            || token.Number("iat") is not { } issued || token.Number("exp") is not { } expires)
            return null;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return issued > now + options.ClockSkewSeconds ? null : new AccessClaims(customer, session, IsExpired: expires <= now);
    }

    /// <returns>The token and when it expires.</returns>
    internal (string Text, Instant ExpiresAt) Write(Session session, Instant now)
    {
        var expires = Instant.Min(now + Duration.FromMinutes(options.AccessMinutes), session.EndsAt);
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Claims(
            options.Issuer, options.Audience, session.Customer.Value, session.Id.Value, now.ToUnixTimeSeconds(), expires.ToUnixTimeSeconds()));
        return (CompactJws.Write(keys.Signing, Type, claims), Instant.FromUnixTimeSeconds(expires.ToUnixTimeSeconds()));
    }

    private sealed record Claims(
        [property: JsonPropertyName("iss")] string Issuer, [property: JsonPropertyName("aud")] string Audience, [property: JsonPropertyName("sub")] string Subject,
        [property: JsonPropertyName("sid")] string Session, [property: JsonPropertyName("iat")] long IssuedAt, [property: JsonPropertyName("exp")] long ExpiresAt);
}

/// <summary>What an access token of the bank says.</summary>
/// <param name="IsExpired">It was good once.</param>
public sealed record AccessClaims(CustomerId Customer, SessionId Session, bool IsExpired);

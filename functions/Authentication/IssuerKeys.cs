using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Serverless.Banking;
using Serverless.Functions.Http;

namespace Serverless.Functions.Authentication;

/// <summary>The issuer's public keys (RS256 of 2048 bits and more, ES256), found through its discovery document and kept for a while.</summary>
/// <remarks>
/// An unknown key id makes it ask again, because issuers roll their keys; but not more often than <see cref="AskAgainAfter"/>, because
/// anybody can write a key id into a token. Keys once had are used while the issuer is out of reach, up to <see cref="KeptAtMost"/>.
/// </remarks>
internal sealed class IssuerKeys(AuthenticationOptions options, IHttpClientFactory clients, TimeProvider clock, ILogger<IssuerKeys> log) : IDisposable
{
    public const string ClientName = "token-issuer";

    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan KeptAtMost = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim oneAtATime = new(1, 1);
    private volatile KeySet? known;
    private DateTimeOffset? asked;
    private bool failed;

    /// <returns>Or, first match: <see cref="IssuerUnavailable"/> (the key may exist, nobody can tell now), <see cref="TokenInvalid"/> (the issuer has no such key).</returns>
    public async Task<Result<SecurityKey>> FindAsync(string kid, CancellationToken cancellation)
    {
        if (known is { } fresh && Age(fresh.ReadAt) < TimeSpan.FromMinutes(options.KeysMinutes) && fresh.Keys.TryGetValue(kid, out var key))
            return key;
        await oneAtATime.WaitAsync(cancellation);
        try
        {
            if (NeedsAsking(kid))
                await AskAsync(cancellation);
            return known is { } now && Age(now.ReadAt) < KeptAtMost && now.Keys.TryGetValue(kid, out var found) ? found
                : failed ? new IssuerUnavailable()
                : new TokenInvalid();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private bool NeedsAsking(string kid)
    {
        var isFresh = known is { } now && Age(now.ReadAt) < TimeSpan.FromMinutes(options.KeysMinutes) && now.Keys.ContainsKey(kid);
        // After a failure callers get 503 and come back, so it may be asked again sooner.
        return !isFresh && (asked is not { } last || Age(last) >= (failed ? TimeSpan.FromSeconds(1) : AskAgainAfter));
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        asked = clock.GetUtcNow();
        try
        {
            known = new KeySet(await FetchAsync(cancellation), clock.GetUtcNow());
            failed = false;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NotSupportedException or InvalidDataException or ArgumentException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            failed = true;
            log.LogWarning(e, "The token issuer's keys cannot be read.");
        }
        catch (OperationCanceledException)
        {
            // The caller went away, the issuer is not to blame: the next caller asks at once.
            asked = null;
            throw;
        }
    }

    private async Task<Dictionary<string, SecurityKey>> FetchAsync(CancellationToken cancellation)
    {
        using var client = clients.CreateClient(ClientName);
        var discovery = await client.GetFromJsonAsync<Discovery>($"{options.Issuer.TrimEnd('/')}/.well-known/openid-configuration", cancellation);
        if (discovery is not { JwksUri: { IsAbsoluteUri: true } address } || discovery.Issuer != options.Issuer || !AuthenticationOptions.IsSafe(address))
            throw new InvalidDataException("The discovery document is not the configured issuer's.");
        var set = JsonWebKeySet.Create(await client.GetStringAsync(address, cancellation));
        return set.Keys.Where(IsForSigning).DistinctBy(k => k.Kid).ToDictionary(k => k.Kid, k => (SecurityKey)k, StringComparer.Ordinal);
    }

    private static bool IsForSigning(JsonWebKey key) => !string.IsNullOrEmpty(key.Kid) && key.Use is null or "sig" && key switch
    {
        { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256 } => key.Alg is null or SecurityAlgorithms.EcdsaSha256,
        { Kty: JsonWebAlgorithmsKeyTypes.RSA, KeySize: >= 2048 } => key.Alg is null or SecurityAlgorithms.RsaSha256,
        _ => false,
    };

    /// <summary>Either way, so that a clock moved back does not make keys immortal.</summary>
    private TimeSpan Age(DateTimeOffset since) => (clock.GetUtcNow() - since).Duration();

    private sealed record KeySet(IReadOnlyDictionary<string, SecurityKey> Keys, DateTimeOffset ReadAt);

    private sealed record Discovery(
        [property: JsonPropertyName("issuer")] string? Issuer,
        [property: JsonPropertyName("jwks_uri")] Uri? JwksUri);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Functions.Tests.Http;

/// <summary>A token issuer that signs whatever a test asks for, true or false, and can be out of order.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Tenant = "5b1c7a52-7f0e-4c1d-9d0e-6f1f0c9f2b11";

    private readonly WebApplication app;
    private readonly Dictionary<string, ECDsa> keys = new() { ["key-1"] = ECDsa.Create(ECCurve.NamedCurves.nistP256) };
    /// <summary>Made once, and not while somebody waits for them.</summary>
    private static readonly Dictionary<string, RSA> RsaKeys = new() { ["rsa-2048"] = Made(2048), ["rsa-1024"] = Made(1024) };
    private int asked;

    private TestIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => IsDown
            ? Results.StatusCode(500)
            : Results.Json(new { issuer = Url, jwks_uri = $"{Url}/jwks" }));
        app.MapGet("/jwks", () =>
        {
            Interlocked.Increment(ref asked);
            return IsDown ? Results.StatusCode(500) : Results.Json(new { keys = keys.Select(k => Jwk(k.Key, k.Value)).Concat(RsaKeys.Select(k => Jwk(k.Key, k.Value))) });
        });
    }

    public string Url => app.Urls.First();

    public bool IsDown { get; set; }

    /// <summary>How often the keys were fetched.</summary>
    public int Asked => Volatile.Read(ref asked);

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>Publishes one more key.</summary>
    public void AddKey(string kid) => keys[kid] = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A good token of a teller, save for what the test changes.</summary>
    public string Teller(DateTimeOffset now, Action<Dictionary<string, object>>? change = null, string kid = "key-1")
    {
        var claims = GoodClaims(now);
        change?.Invoke(claims);
        return Sign(claims, kid, keys[kid]);
    }

    public string Staff(DateTimeOffset now, params string[] roles) => Teller(now, claims => claims["roles"] = roles);

    /// <summary>As Entra ID signs: RS256.</summary>
    public string TellerByRsa(DateTimeOffset now, int bits = 2048)
    {
        var kid = $"rsa-{bits}";
        var signed = $"{Header("RS256", kid)}.{Segment(GoodClaims(now))}";
        return $"{signed}.{Base64UrlEncoder.Encode(RsaKeys[kid].SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>Signed by a key that the issuer never had, under the given id.</summary>
    public string Forged(DateTimeOffset now, string kid)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Sign(GoodClaims(now), kid, stranger);
    }

    public string Unsigned(DateTimeOffset now) => $"{Header("none", "key-1")}.{Segment(GoodClaims(now))}.";

    /// <summary>HS256 with the issuer's public key as the secret, in the spellings that naive verifiers have fallen for.</summary>
    public IEnumerable<string> SignedWithThePublicKey(DateTimeOffset now)
    {
        var key = keys["key-1"];
        var point = key.ExportParameters(false).Q;
        byte[][] secrets =
        [
            key.ExportSubjectPublicKeyInfo(),
            Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()),
            [.. point.X!, .. point.Y!],
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Jwk("key-1", key))),
        ];
        return secrets.Select(secret =>
        {
            var signed = $"{Header("HS256", "key-1")}.{Segment(GoodClaims(now))}";
            return $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Dictionary<string, object> GoodClaims(DateTimeOffset now) => new()
    {
        ["iss"] = Url,
        ["aud"] = "bank-api",
        ["sub"] = "pairwise-1",
        ["oid"] = "7c9e6679-7425-40de-944b-e07fc1f90ae7",
        ["tid"] = Tenant,
        ["preferred_username"] = "teller-1",
        ["ver"] = "2.0",
        ["roles"] = new[] { "branch" },
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["jti"] = Guid.NewGuid().ToString("N"),
    };

    private static string Sign(Dictionary<string, object> claims, string kid, ECDsa key)
    {
        var signed = $"{Header("ES256", kid)}.{Segment(claims)}";
        return $"{signed}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Header(string algorithm, string kid) => Segment(new Dictionary<string, object> { ["alg"] = algorithm, ["kid"] = kid, ["typ"] = "JWT" });

    private static string Segment(Dictionary<string, object> json) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(json));

    private static RSA Made(int bits)
    {
        var key = RSA.Create(bits);
        key.ExportParameters(false);
        return key;
    }

    private static object Jwk(string kid, RSA key)
    {
        var numbers = key.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid, n = Base64UrlEncoder.Encode(numbers.Modulus), e = Base64UrlEncoder.Encode(numbers.Exponent) };
    }

    private static object Jwk(string kid, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = "ES256", kid, x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) };
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Keys;
using Serverless.Banking.Sessions;

namespace Serverless.Testing;

/// <summary>Access tokens that the bank never gave, made from one that it did.</summary>
public sealed class TokenForge(IServiceProvider services)
{
    /// <summary>Signed by the bank's own key, with other claims than it would write.</summary>
    public string SignedByTheBank(string token, Action<JsonObject> change)
    {
        var claims = Json(token.Split('.')[1]);
        change(claims);
        return CompactJws.Write(services.GetRequiredService<SessionKeys>().Signing, AccessTokens.Type, Encoding.UTF8.GetBytes(claims.ToJsonString()));
    }

    /// <summary>The same claims under the bank's key id, signed by a key of the forger's.</summary>
    public static string SignedByAnother(string token)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Signed(token, header => { }, text => key.SignData(text, HashAlgorithmName.SHA256));
    }

    /// <summary>A key id that the bank does not know.</summary>
    public static string UnderAnotherKeyId(string token)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Signed(token, header => header["kid"] = "mine", text => key.SignData(text, HashAlgorithmName.SHA256));
    }

    public static string Unsigned(string token) => Signed(token, header => header["alg"] = "none", _ => []);

    /// <summary>HS256 with the bank's public key as the secret, in the spellings that naive verifiers have fallen for.</summary>
    public IEnumerable<string> SignedWithThePublicKey(string token)
    {
        var key = services.GetRequiredService<SessionKeys>().Public[0];
        byte[] x = Base64Url.DecodeFromChars(key.X), y = Base64Url.DecodeFromChars(key.Y);
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } });
        byte[][] secrets = [ec.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(ec.ExportSubjectPublicKeyInfoPem()), [.. x, .. y]];
        return secrets.Select(secret => Signed(token, header => header["alg"] = "HS256", text => HMACSHA256.HashData(secret, text)));
    }

    private static string Signed(string token, Action<JsonObject> change, Func<byte[], byte[]> sign)
    {
        var parts = token.Split('.');
        var header = Json(parts[0]);
        change(header);
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{parts[1]}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static JsonObject Json(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}

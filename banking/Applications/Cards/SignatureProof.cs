using System.Text.Json;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Applications;

/// <summary>Whether a proof of a qualified signature is one: of this signature, over this document, by this person, with one of the service's keys (PROD-20).</summary>
internal static class SignatureProof
{
    private const string Level = "QES";

    /// <param name="keys">The service's, as it publishes them.</param>
    public static bool IsGood(string? proof, IReadOnlyList<JsonWebKey> keys, Guid signature, string sha256, PersonalNumber signer)
    {
        if (CompactJws.Find(proof) is not { } jws || keys.FirstOrDefault(key => key.Kid is not null && key.Kid == jws.KeyId) is not { } published
            || P256Key.Find(JsonSerializer.Serialize(published, JsonSerializerOptions.Web)) is not { } key || !jws.IsSignedBy(key))
            return false;
        return jws.Text("signatureId") == signature.ToString("N")
            && string.Equals(jws.Text("documentSha256"), sha256, StringComparison.OrdinalIgnoreCase)
            && jws.Text("level") == Level
            && jws.Claims.TryGetProperty("signer", out var person) && person.ValueKind == JsonValueKind.Object
            && person.TryGetProperty("personalNumber", out var number) && number.ValueKind == JsonValueKind.String && PersonalNumber.Find(number.GetString()) == signer;
    }
}

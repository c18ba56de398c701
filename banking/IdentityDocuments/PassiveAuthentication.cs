using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.IdentityDocuments;

/// <summary>Passive authentication of ICAO 9303-11: the hashes of what was read are those that a document signer of a known authority has signed.</summary>
/// <remarks>
/// It shows that the data are genuine and unaltered, not that the chip itself was there: who has copied a chip's content passes. So a document is never the only
/// factor (see docs/adr/0017-device-keys.md). Signatures with SHA-1 are not taken.
/// </remarks>
internal sealed class PassiveAuthentication(IOptions<IdentityDocumentsOptions> options)
{
    private const string SecurityObject = "2.23.136.1.1.1";
    private static readonly Asn1Tag FileOfSecurityObject = new(TagClass.Application, 23, true);
    private static readonly Asn1Tag FirstDataGroup = new(TagClass.Application, 1, true);
    private static readonly Asn1Tag Zone = new(TagClass.Application, 31);

    private static readonly Dictionary<string, Func<byte[], byte[]>> Hashes = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.2.1"] = SHA256.HashData,
        ["2.16.840.1.101.3.4.2.2"] = SHA384.HashData,
        ["2.16.840.1.101.3.4.2.3"] = SHA512.HashData,
    };

    private readonly Lazy<X509Certificate2Collection> authorities =
        new(() => new X509Certificate2Collection(options.Value.Authorities.Select(text => IdentityDocumentsOptions.Find(text)!).ToArray()));

    /// <returns>The text of the machine-readable zone. Or, first match: <see cref="ChipUnreadable"/>, <see cref="ChipInvalid"/>.</returns>
    public Result<string> Read(ChipData chip, Instant now)
    {
        if (!chip.DataGroups.TryGetValue(1, out var first))
            return new ChipUnreadable();
        try
        {
            var cms = new SignedCms();
            cms.Decode(Inside(chip.SecurityObject, FileOfSecurityObject).ReadEncodedValue().ToArray());
            var (hash, hashes) = ReadHashes(cms);
            var zone = Encoding.ASCII.GetString(Inside(first, FirstDataGroup).ReadOctetString(Zone));
            var isGenuine = IsSigned(cms, now) && chip.DataGroups.All(group =>
                hashes.TryGetValue(group.Key, out var signed) && CryptographicOperations.FixedTimeEquals(hash(group.Value), signed));
            return isGenuine ? zone : new ChipInvalid();
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException or FormatException)
        {
            return new ChipUnreadable();
        }
    }

    private bool IsSigned(SignedCms cms, Instant now)
    {
        if (cms.ContentInfo.ContentType.Value != SecurityObject || cms.SignerInfos is not [{ Certificate: { } signer } info] || !Hashes.ContainsKey(info.DigestAlgorithm.Value ?? ""))
            return false;
        try
        {
            info.CheckSignature(verifySignatureOnly: true);
        }
        catch (CryptographicException)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities.Value);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.ToDateTimeUtc();

        // An authority signs signers, never documents.
        return chain.Build(signer) && chain.ChainElements.Count > 1;
    }

    private static (Func<byte[], byte[]> Hash, Dictionary<int, byte[]> Signed) ReadHashes(SignedCms cms)
    {
        var body = new AsnReader(cms.ContentInfo.Content, AsnEncodingRules.DER).ReadSequence();
        body.ReadInteger();
        var algorithm = body.ReadSequence().ReadObjectIdentifier();
        if (!Hashes.TryGetValue(algorithm, out var hash))
            throw new CryptographicException("The hash algorithm is not taken.");
        var signed = new Dictionary<int, byte[]>();
        for (var list = body.ReadSequence(); list.HasData;)
        {
            var one = list.ReadSequence();
            if (!one.TryReadInt32(out var number) || !signed.TryAdd(number, one.ReadOctetString()))
                throw new AsnContentException();
        }

        return (hash, signed);
    }

    private static AsnReader Inside(byte[] file, Asn1Tag tag) => new AsnReader(file, AsnEncodingRules.BER).ReadSequence(tag);
}

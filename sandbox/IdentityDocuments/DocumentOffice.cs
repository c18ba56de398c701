using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.IdentityDocuments;

/// <summary>Makes chips as ICAO 9303 (parts 5, 10, 11, 12) has them: the machine-readable zone of a card in DG1, signed in EF.SOD by a document signer.</summary>
/// <remarks>The authority's key is in sandbox/Data/document-authority.json, because the bank's settings name it; the document signer is made at start.</remarks>
internal sealed class DocumentOffice
{
    private const string SecurityObjectOid = "2.23.136.1.1.1";
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private static readonly DateTimeOffset From = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2098, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509Certificate2 signer;
    private readonly X509Certificate2 stranger;

    public DocumentOffice()
    {
        var seed = SeedData.Read<AuthoritySeed>("document-authority.json");
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(seed.PrivateKey), out _);
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(seed.Certificate));
        using var authority = certificate.CopyWithPrivateKey(key);
        signer = NewSigner(authority);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(certificate.SubjectName, other, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        using var nobody = request.CreateSelfSigned(From, To);
        stranger = NewSigner(nobody);
    }

    public DocumentChip Issue(DocumentOrder order)
    {
        var zone = DataGroup(1, Mrz(order));
        var picture = DataGroup(2, "no picture");
        var sod = Sign(order.Fault == DocumentFault.UnknownAuthority ? stranger : signer, (1, zone), (2, picture));
        switch (order.Fault)
        {
            case DocumentFault.Altered:
                zone = DataGroup(1, Mrz(order with { Surname = "LEKA" }));
                break;
            case DocumentFault.BadSignature:
                sod[^5] ^= 0x01;
                break;
            case DocumentFault.Unreadable:
                sod = sod[..(sod.Length / 2)];
                break;
        }

        return new DocumentChip(Convert.ToBase64String(sod), [new(1, Convert.ToBase64String(zone)), new(2, Convert.ToBase64String(picture))]);
    }

    /// <summary>Three lines of thirty characters (part 5), with the personal number in the first line's optional data.</summary>
    private static string Mrz(DocumentOrder order)
    {
        const string Number = "BA1234567";
        var expiry = order.ExpiresOn.ToString("yyMMdd", CultureInfo.InvariantCulture);
        var first = Pad($"IDALB{Number}{Check(Number)}{order.PersonalNumber}");
        var birth = "850101";
        var second = Pad($"{birth}{Check(birth)}F{expiry}{Check(expiry)}ALB")[..29];
        second += Check(first[5..] + second[..7] + second[8..15] + second[18..29]);
        return first + second + Pad($"{Words(order.Surname)}<<{Words(order.GivenNames)}");

        static string Pad(string text) => text.PadRight(30, '<');
        static string Words(string text) => text.Replace(' ', '<');
    }

    private static int Check(string text)
    {
        int[] weights = [7, 3, 1];
        return text.Select((letter, i) => weights[i % 3] * (letter == '<' ? 0 : char.IsAsciiDigit(letter) ? letter - '0' : letter - 'A' + 10)).Sum() % 10;
    }

    private static byte[] DataGroup(int number, string content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(new Asn1Tag(TagClass.Application, number == 1 ? 1 : 21, true)))
            writer.WriteOctetString(Encoding.ASCII.GetBytes(content), new Asn1Tag(TagClass.Application, 31));
        return writer.Encode();
    }

    private static byte[] Sign(X509Certificate2 by, params (int Number, byte[] Content)[] groups)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(Sha256Oid);
            using (writer.PushSequence())
            {
                foreach (var (number, content) in groups)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteInteger(number);
                        writer.WriteOctetString(SHA256.HashData(content));
                    }
                }
            }
        }

        var cms = new SignedCms(new ContentInfo(new Oid(SecurityObjectOid), writer.Encode()));
        cms.ComputeSignature(new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, by)
        {
            DigestAlgorithm = new Oid(Sha256Oid),
            IncludeOption = X509IncludeOption.EndCertOnly,
            SignedAttributes = { new Pkcs9SigningTime(From.UtcDateTime) },
        });

        var file = new AsnWriter(AsnEncodingRules.DER);
        using (file.PushSequence(new Asn1Tag(TagClass.Application, 23, true)))
            file.WriteEncodedValue(cms.Encode());
        return file.Encode();
    }

    private static X509Certificate2 NewSigner(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("C=AL, O=Sandbox, CN=Document signer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        using var certificate = request.Create(authority, From, To, RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(key);
    }

    private sealed record AuthoritySeed(string Certificate, string PrivateKey);
}

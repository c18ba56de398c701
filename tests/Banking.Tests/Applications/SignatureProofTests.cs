using System.Text;
using Serverless.Banking.Applications;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Tests.Applications;

/// <summary>A proof is believed when key, signature, document and signer are right, and never otherwise.</summary>
public sealed class SignatureProofTests
{
    private const string Sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly Guid Id = Guid.Parse("5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10");

    private static readonly P256Key Service = P256Key.New();

    [Theory]
    [InlineData("5f0c3a1e7d2b4c8e9a613b7f2d9c4e10", Sha, "I50101123K", "QES", true)]
    [InlineData("5f0c3a1e7d2b4c8e9a613b7f2d9c4e11", Sha, "I50101123K", "QES", false)]
    [InlineData("5f0c3a1e7d2b4c8e9a613b7f2d9c4e10", "0f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "I50101123K", "QES", false)]
    [InlineData("5f0c3a1e7d2b4c8e9a613b7f2d9c4e10", Sha, "J61205088M", "QES", false)]
    [InlineData("5f0c3a1e7d2b4c8e9a613b7f2d9c4e10", Sha, "I50101123K", "AdES", false)]
    public void Signature_document_signer_and_level_count(string signature, string sha, string person, string level, bool isGood) =>
        Assert.Equal(isGood, SignatureProof.IsGood(Proof(Service, signature, sha, person, level), [Service.Public], Id, Sha, PersonalNumber.Find("I50101123K")!.Value));

    [Fact]
    public void Only_a_key_of_the_service_counts_and_only_a_whole_text()
    {
        var (signer, stranger) = (PersonalNumber.Find("I50101123K")!.Value, P256Key.New());
        var good = Proof(Service, Id.ToString("N"), Sha, signer.Value, "QES");
        Assert.False(SignatureProof.IsGood(Proof(stranger, Id.ToString("N"), Sha, signer.Value, "QES"), [Service.Public], Id, Sha, signer));
        Assert.False(SignatureProof.IsGood(good, [stranger.Public], Id, Sha, signer));
        Assert.False(SignatureProof.IsGood(good, [], Id, Sha, signer));
        Assert.False(SignatureProof.IsGood(good, [stranger.Public with { Kid = Service.Id }], Id, Sha, signer));
        Assert.False(SignatureProof.IsGood(good[..^4], [Service.Public], Id, Sha, signer));
        Assert.False(SignatureProof.IsGood(null, [Service.Public], Id, Sha, signer));
    }

    private static string Proof(P256Key key, string signature, string sha, string person, string level) => CompactJws.Write(
        key, "JWT",
        Encoding.UTF8.GetBytes($$$"""{"signatureId":"{{{signature}}}","documentSha256":"{{{sha}}}","signer":{"personalNumber":"{{{person}}}"},"signedAt":1772532000,"level":"{{{level}}}"}"""));
}

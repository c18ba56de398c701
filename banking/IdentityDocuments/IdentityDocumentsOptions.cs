using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Serverless.Banking.IdentityDocuments;

/// <summary>Section <c>IdentityDocuments</c>.</summary>
public sealed class IdentityDocumentsOptions : IValidatableObject
{
    /// <summary>
    /// Certificates of the country signing authorities (CSCA) whose documents are taken: base64 of DER. They come from the state by a way that is trusted, never
    /// with a document.
    /// </summary>
    public IList<string> Authorities { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authorities.Any(text => Find(text) is null))
            yield return new ValidationResult("IdentityDocuments:Authorities must be base64 of DER certificates.", [nameof(Authorities)]);
    }

    internal static X509Certificate2? Find(string text)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}

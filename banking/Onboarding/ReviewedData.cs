using System.Security.Cryptography;
using System.Text;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Onboarding;

/// <summary>Everything that an applicant confirms (ONB-20): what the document says, and what was said.</summary>
public static class ReviewedData
{
    /// <summary>SHA-256, lower-case hexadecimal; the same for the same data.</summary>
    public static string HashOf(OnboardingApplication it) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(StoredJson.Write(
        new Confirmed(it.Id, it.Email, it.PersonalNumber, it.Person, it.Mobile, it.Residence, it.TaxStatus, it.PersonalData, it.Consents)))));

    private sealed record Confirmed(
        Guid Id, string Email, string PersonalNumber, Identification.IdentifiedPerson? Person, string? Mobile, Residence? Residence, TaxStatus? TaxStatus, Questionnaire? PersonalData,
        IReadOnlyList<GivenConsent> Consents);
}

using Serverless.Banking.Customers;
using Serverless.Banking.Text;

namespace Serverless.Banking.Onboarding;

/// <summary>What applicants approve. A version's words never change: a new wording is a new version.</summary>
public static class ConsentTexts
{
    public static IReadOnlyList<ConsentDocument> All { get; } = Enum.GetValues<ConsentDocument>();

    public static string CurrentVersion(ConsentDocument document) => document switch
    {
        ConsentDocument.PrivacyPolicy => "2026-01",
        ConsentDocument.VideoIdentificationTerms => "2026-01",
        _ => throw new ArgumentOutOfRangeException(nameof(document), document, null),
    };

    /// <summary>Of the contract for banking services.</summary>
    public const string ContractVersion = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(ConsentDocument document, Language language) =>
        Read(document == ConsentDocument.PrivacyPolicy ? "privacy" : "video", CurrentVersion(document), language);

    internal static IReadOnlyList<string> ReadContract(Language language) => Read("services", ContractVersion, language);

    private static IReadOnlyList<string> Read(string text, string version, Language language) => TextResources.Paragraphs($"Onboarding.Texts.{text}-{version}", language);
}

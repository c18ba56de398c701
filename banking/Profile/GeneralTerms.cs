using System.Reflection;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Profile;

public enum TermsAudience
{
    Individual,
    Business,
}

/// <param name="Id">In the document's address.</param>
/// <param name="Version">The month since which it is in force.</param>
public sealed record TermsDocument(string Id, TermsAudience Audience, string Version, string Albanian, string English)
{
    public string TitleIn(Language language) => language == Language.English ? English : Albanian;
}

/// <summary>The bank's terms and conditions, in one set for individuals and one for businesses (PROF-21).</summary>
public sealed class GeneralTerms
{
    private static readonly Instant InForce = Instant.FromUtc(2025, 12, 31, 23, 0);

    private readonly PdfReports reports;

    internal GeneralTerms(PdfReports reports) => this.reports = reports;

    public static IReadOnlyList<TermsDocument> All { get; } =
    [
        new("individual-2026-01", TermsAudience.Individual, "2026-01", "Kushtet e shërbimeve bankare për individë", "Terms of banking services for individuals"),
        new("business-2026-01", TermsAudience.Business, "2026-01", "Kushtet e shërbimeve bankare për biznese", "Terms of banking services for businesses"),
    ];

    /// <returns>Null for an unknown id. The same bytes every time.</returns>
    public DocumentFile? Render(string id, Language language)
    {
        if (All.FirstOrDefault(document => document.Id == id) is not { } terms)
            return null;
        var report = reports.Begin(terms.TitleIn(language), terms.Id, InForce, language);
        foreach (var paragraph in Read($"{id}.{language.Code()}").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            report.Paragraph(paragraph.ReplaceLineEndings(" ").Trim());
        return new DocumentFile($"{terms.Id}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Serverless.Banking.Profile.Terms.{name}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

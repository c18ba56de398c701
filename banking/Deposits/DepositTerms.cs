using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;
using Serverless.Banking.Text;

namespace Serverless.Banking.Deposits;

/// <summary>The terms that opening a deposit accepts (LDP-09). A version's words never change: a new wording is a new version.</summary>
public static class DepositTerms
{
    public const string Current = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(Language language) => TextResources.Paragraphs($"Deposits.Terms.{Current}", language);
}

/// <summary>The terms of a product as a document, to be read before they are accepted (LDP-07).</summary>
public sealed class DepositTermsDocument : IDocumentRenderer
{
    /// <summary>In the place of a product's id.</summary>
    private const string ByDate = "maturity_date";

    private static readonly Instant InForceSince = Instant.FromUtc(2026, 1, 1, 0, 0);

    private readonly PdfReports reports;
    private readonly DepositRates rates;

    internal DepositTermsDocument(PdfReports reports, DepositRates rates) => (this.reports, this.rates) = (reports, rates);

    public string Kind => "deposit_terms";

    /// <param name="product">Null for a deposit until a chosen date.</param>
    public DocumentReference Of(string? product, CustomerId customer, Language language) => new(Kind, $"{DepositTerms.Current}|{product ?? ByDate}", customer, language);

    public Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation) => Task.FromResult<Result<DocumentFile>>(
        document.Id.Split('|') is [DepositTerms.Current, var id] && (id == ByDate ? "" : rates.FindProduct(id) is { } found ? found.Id : null) is { } product
            ? new DocumentFile($"terms-deposit-{DepositTerms.Current}.pdf", DocumentFile.Pdf, Write(product.Length == 0 ? null : rates.FindProduct(product), document.Language))
            : new DocumentNotFound());

    private byte[] Write(DepositProduct? product, Language language)
    {
        var report = reports.Begin(language.Say("Kushtet e depozitës me afat", "Terms of the term deposit"), DepositTerms.Current, InForceSince, language);
        report.Facts(
        [
            (language.Say("Afati", "Period"), product is null ? language.Say("deri në një datë të zgjedhur", "until a chosen date") : Months(product.Months, language)),
            (language.Say("Shuma minimale", "Least amount"), string.Join(" · ", (product?.Currencies ?? rates.Currencies).Select(currency => Words.Amount(rates.MinimumOf(currency))))),
        ]);
        foreach (var paragraph in DepositTerms.Read(language))
            report.Paragraph(paragraph);
        return report.ToBytes();
    }

    internal static string Months(int months, Language language) => language.Say($"{months} muaj", months == 1 ? "1 month" : $"{months} months");
}

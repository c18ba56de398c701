using System.Globalization;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;
using Serverless.Banking.Text;

namespace Serverless.Banking.Insurance;

/// <summary>The terms and conditions of buying a policy.</summary>
public static class InsuranceTerms
{
    public const string Current = "2026-01";

    /// <returns>Paragraphs.</returns>
    public static IReadOnlyList<string> Read(Language language) => TextResources.Paragraphs($"Insurance.Terms.{Current}", language);
}

/// <summary>Lists the terms that were accepted, with what was bought, among the customer's approvals once there is a policy.</summary>
internal sealed class InsuranceContract(PdfReports reports, InsuranceLists lists, FindContactDetails contacts, PlaceSigned place)
{
    private const string Process = "insurance_terms";

    /// <summary>Repeated, it lists nothing more.</summary>
    public async Task PlaceAsync(PolicyPurchase it, CancellationToken cancellation)
    {
        var contact = await contacts.RunAsync(it.Customer, cancellation);
        var language = contact?.Language ?? default;
        var (insurer, kind) = (lists.Of(it.Insurer).Name, lists.NameOf(it.Kind).In(language));
        var report = reports.Begin(language.Say("Kushtet e sigurimit", "Terms of insurance"), it.Policy!.Number, it.OrderedAt, language);
        report.Facts(
        [
            (language.Say("Klienti", "Customer"), $"{contact?.Name} · {it.Customer.Value}"),
            (language.Say("Siguruesi", "Insurer"), insurer),
            (language.Say("Lloji", "Kind"), kind),
            (language.Say("Polica", "Policy"), it.Policy.Number),
            (language.Say("I siguruar", "Insured"), it.Insured),
            (language.Say("Nga", "From"), Words.Date(it.Policy.Start)),
            (language.Say("Deri më", "To"), Words.Date(it.Policy.End)),
            (language.Say("Primi", "Premium"), Words.Amount(it.Premium)),
            (language.Say("Pranuar më", "Accepted on"), it.OrderedAt.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", CultureInfo.InvariantCulture)),
        ]);
        report.Heading(language.Say($"Kushtet, versioni {it.TermsVersion}", $"Terms, version {it.TermsVersion}"));
        foreach (var paragraph in InsuranceTerms.Read(language))
            report.Paragraph(paragraph);
        var file = new DocumentFile($"insurance-terms-{it.Id:N}.pdf", DocumentFile.Pdf, report.ToBytes());
        await place.RunAsync(
            new SignedDocument(it.Customer, Process, it.Id.ToString("N"), language.Say($"Kushtet e sigurimit: {kind}", $"Terms of insurance: {kind}"), file, it.OrderedAt, it.Installation),
            cancellation);
    }
}

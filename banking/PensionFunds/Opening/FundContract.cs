using System.Globalization;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.PensionFunds;

/// <summary>The contract that was accepted with what was arranged, as it is kept among the customer's approvals. Written again it has the same bytes.</summary>
internal sealed class FundContract(PdfReports reports, FindContactDetails contacts, PlaceSigned place)
{
    /// <summary>Of the approvals.</summary>
    private const string Process = "pension_contract";

    /// <summary>Repeated, it changes nothing.</summary>
    /// <param name="it">Submitted.</param>
    public async Task PlaceAsync(PrivateFund it, CancellationToken cancellation)
    {
        var (submission, language) = (it.Submission!, it.Submission!.Language);
        var title = language.Say($"Kontratë pensioni {PensionPlans.Of(it.Plan).Manager}", $"Pension contract {PensionPlans.Of(it.Plan).Manager}");
        await place.RunAsync(
            new SignedDocument(it.Customer, Process, it.Id.ToString("N"), title, await WriteAsync(it, language, cancellation), submission.At, submission.Installation), cancellation);
    }

    private async Task<DocumentFile> WriteAsync(PrivateFund it, Language language, CancellationToken cancellation)
    {
        var (submission, payment, plan) = (it.Submission!, it.Payment!, PensionPlans.Of(it.Plan));
        var name = (await contacts.RunAsync(it.Customer, cancellation))?.Name ?? it.Customer.Value;
        var report = reports.Begin(language.Say("Kontratë pensioni privat", "Private pension contract"), it.Id.ToString("D"), submission.At, language);
        report.Facts(
        [
            (language.Say("Anëtari", "Member"), $"{name} · {it.Customer.Value}"),
            (language.Say("Shoqëria administruese", "Management company"), plan.Manager),
            (language.Say("Plani", "Plan"), plan.Name[language.Code()]),
            (language.Say("Kontributi", "Contribution"), Words.Amount(payment.Amount)),
            (language.Say("Mënyra e pagesës", "Payment"), ModeOf(payment, language)),
            (language.Say("Pranuar më", "Accepted on"), submission.At.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", CultureInfo.InvariantCulture)),
        ]);
        report.Heading(language.Say($"Kontrata, versioni {submission.AcceptedContract}", $"Contract, version {submission.AcceptedContract}"));
        foreach (var paragraph in PensionPlans.Contract(language))
            report.Paragraph(paragraph);
        report.Heading(language.Say($"Kushtet e shërbimit, versioni {it.AcceptedTerms}", $"Terms of the service, version {it.AcceptedTerms}"));
        foreach (var paragraph in PensionPlans.Terms(language))
            report.Paragraph(paragraph);
        return new DocumentFile($"pension-{it.Id:N}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    private static string ModeOf(FundPayment payment, Language language) => payment is { FrequencyMonths: { } months, PaymentDate: { } first }
        ? language.Say($"çdo {months} muaj nga {Words.Date(first)}", $"every {months} months from {Words.Date(first)}")
        : language.Say("një herë", "once");
}

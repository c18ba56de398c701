using System.Globalization;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Deposits;

/// <summary>The terms with what was agreed, as they are kept among the customer's approvals. Written again it has the same bytes.</summary>
internal sealed class DepositContract(PdfReports reports, FindContactDetails contacts)
{
    /// <summary>Of the approvals.</summary>
    public const string Process = "deposit_contract";

    public static string TitleOf(Deposit it) => it.Language.Say($"Kontratë depozite {it.ContractNumber}", $"Deposit contract {it.ContractNumber}");

    public async Task<DocumentFile> WriteAsync(Deposit it, CancellationToken cancellation)
    {
        var (language, term, interest) = (it.Language, it.Term, it.Term.Interest);
        var name = (await contacts.RunAsync(it.Customer, cancellation))?.Name ?? it.Customer.Value;
        var report = reports.Begin(language.Say("Kontratë depozite me afat", "Term deposit contract"), it.ContractNumber, it.ConfirmedAt, language);
        report.Facts(
        [
            (language.Say("Klienti", "Customer"), $"{name} · {it.Customer.Value}"),
            (language.Say("Kontrata", "Contract"), it.ContractNumber),
            (language.Say("Shuma", "Amount"), Words.Amount(it.InitialAmount)),
            (language.Say("Norma vjetore", "Yearly rate"), Percent(term.RatePercent)),
            (language.Say("Nga", "From"), Words.Date(term.From)),
            (language.Say("Maturimi", "Maturity"), Words.Date(term.Matures)),
            (language.Say("Interesi bruto", "Gross interest"), Words.Amount(interest.Gross)),
            (language.Say("Tatimi në burim", "Withholding tax"), $"{Words.Amount(interest.Tax)} ({Percent(term.TaxPercent)})"),
            (language.Say("Fitimi i parashikuar", "Projected gain"), Words.Amount(interest.Net)),
            (language.Say("Rinovimi", "Renewal"), RenewalOf(it)),
            (language.Say("Pranuar më", "Accepted on"), it.ConfirmedAt.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", CultureInfo.InvariantCulture)),
        ]);
        report.Heading(language.Say($"Kushtet, versioni {it.TermsVersion}", $"Terms, version {it.TermsVersion}"));
        foreach (var paragraph in DepositTerms.Read(language))
            report.Paragraph(paragraph);
        return new DocumentFile($"deposit-{it.ContractNumber}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    private static string Percent(decimal percent) => $"{percent.ToString("0.00##", CultureInfo.InvariantCulture)} %";

    private static string RenewalOf(Deposit it) => it.Renewal switch
    {
        RenewalType.Principal => it.Language.Say("vetëm shuma fillestare", "the initial amount"),
        RenewalType.PrincipalAndInterest => it.Language.Say("shuma me interesin", "the amount with its interest"),
        _ => it.Language.Say("pa rinovim", "none"),
    };
}

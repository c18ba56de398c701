using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Identification;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Onboarding;

/// <summary>The two contracts of a newcomer: for banking services (KSHBI), and of the current account. The same application gives the same bytes.</summary>
internal sealed class OnboardingContracts(PdfReports reports, EvidenceStore store, TimeProvider time)
{
    private const string Services = "services-contract";

    private Instant Now => time.NowToTheMillisecond();

    /// <summary>Gives an application whose data are frozen its contract.</summary>
    public OnboardingApplication Prepare(OnboardingApplication it)
    {
        var paper = new ContractPaper($"KSHBI-{it.Id.ToString("N")[..12].ToUpperInvariant()}", Now, "");
        return it with { Contract = paper with { Hash = StoredDocuments.HashOf(WriteServices(it, paper)) } };
    }

    /// <summary>Gives a new customer the contract of the account.</summary>
    public OnboardingApplication PrepareAccount(OnboardingApplication it)
    {
        var paper = new ContractPaper($"KL-{it.Client!.Iban[^8..]}", Now, "");
        return it with { AccountContract = paper with { Hash = StoredDocuments.HashOf(WriteAccount(it, paper)) } };
    }

    public DocumentFile ServicesOf(OnboardingApplication it) => new($"{it.Contract!.Number}.pdf", DocumentFile.Pdf, WriteServices(it, it.Contract));

    public DocumentFile AccountOf(OnboardingApplication it) => new($"{it.AccountContract!.Number}.pdf", DocumentFile.Pdf, WriteAccount(it, it.AccountContract));

    /// <summary>Before it is signed it lies sealed beside the pictures; a signed one is also among the customer's approvals.</summary>
    public async Task<DocumentFile> KeepAsync(OnboardingApplication it, CancellationToken cancellation)
    {
        var file = ServicesOf(it);
        await store.SaveAsync(it.Id, $"{Services}-{it.Contract!.Hash}", DocumentFile.Pdf, file.Content, cancellation);
        return file;
    }

    public Task RemoveAsync(OnboardingApplication it, CancellationToken cancellation) =>
        it.Contract is { } contract ? store.RemoveAsync(it.Id, $"{Services}-{contract.Hash}", cancellation) : Task.CompletedTask;

    private byte[] WriteServices(OnboardingApplication it, ContractPaper paper)
    {
        var (language, person) = (it.Language, it.Person!);
        var report = reports.Begin(
            language.Say("Kontratë për shërbime bankare elektronike (KSHBI)", "Contract for electronic banking services (KSHBI)"), paper.Number, paper.MadeAt, language);
        report.Facts(
        [
            (language.Say("Klienti", "Customer"), $"{person.GivenNames} {person.Surname}"),
            (language.Say("Numri personal", "Personal number"), it.PersonalNumber),
            (language.Say("Dokumenti", "Document"), person.DocumentNumber),
            (language.Say("Datëlindja", "Date of birth"), person.BirthDate.ToString("dd.MM.uuuu", System.Globalization.CultureInfo.InvariantCulture)),
            (language.Say("Adresa", "Address"), $"{it.Residence!.Address}, {it.Residence.PostalCode} {CityOf(it)}"),
            (language.Say("Celulari", "Mobile"), it.Mobile!),
            ("E-mail", it.Email),
            (language.Say("Konfirmuar më", "Confirmed on"), Time(it.ConfirmedAt!.Value)),
            (language.Say("Të dhënat e konfirmuara (SHA-256)", "Confirmed data (SHA-256)"), it.DataHash!),
        ]);
        report.Heading(language.Say($"Kushtet, versioni {ConsentTexts.ContractVersion}", $"Terms, version {ConsentTexts.ContractVersion}"));
        foreach (var paragraph in ConsentTexts.ReadContract(language))
            report.Paragraph(paragraph);
        return report.ToBytes();
    }

    private byte[] WriteAccount(OnboardingApplication it, ContractPaper paper)
    {
        var (language, person, client) = (it.Language, it.Person!, it.Client!);
        var report = reports.Begin(language.Say("Kontratë llogarie rrjedhëse", "Current-account contract"), paper.Number, paper.MadeAt, language);
        report.Facts(
        [
            (language.Say("Klienti", "Customer"), $"{person.GivenNames} {person.Surname} · {client.Customer.Value}"),
            (language.Say("Llogaria", "Account"), $"{client.Iban[^16..]} · ALL"),
            ("IBAN", client.Iban),
        ]);
        report.Heading(language.Say($"Kushtet, versioni {ProductTerms.Current}", $"Terms, version {ProductTerms.Current}"));
        foreach (var paragraph in ProductTerms.Read(AccountType.Current, language))
            report.Paragraph(paragraph);
        return report.ToBytes();
    }

    private static string CityOf(OnboardingApplication it) =>
        ReferenceData.Current.Cities.First(city => city.Code == it.Residence!.City) is var city ? it.Language.Say(city.Sq, city.En) : "";

    private static string Time(Instant at) => at.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}

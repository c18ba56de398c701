using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Applications;

/// <summary>The contract of a credit card (PROD-15): the same bytes whenever it is made, kept when it is confirmed, and signed.</summary>
internal sealed class CardContract(PdfReports reports, StoredDocuments stored, FindContactDetails contacts, ApplicationTable table) : IDocumentRenderer
{
    public const string Signatures = "card_contract_signature";

    public string Kind => "card_contract";

    public async Task<(DocumentFile File, string Hash, Language Language)> MakeAsync(ProductApplication it, CancellationToken cancellation)
    {
        if (it.Card.ContractHash is { } kept && await stored.FindAsync(it.Customer, Kind, Name(it, kept), cancellation) is { } known)
            return (known, kept, default);
        var contact = await contacts.RunAsync(it.Customer, cancellation);
        var language = contact?.Language ?? default;
        var file = new DocumentFile($"KK-{it.Id:N}.pdf", DocumentFile.Pdf, Write(it, contact?.Name ?? it.Customer.Value, language));
        return (file, StoredDocuments.HashOf(file.Content), language);
    }

    public Task KeepAsync(ProductApplication it, DocumentFile file, string hash, CancellationToken cancellation) =>
        stored.SaveAsync(it.Customer, Kind, Name(it, hash), file, cancellation);

    /// <summary>The proof of the signature, beside the contract.</summary>
    public Task KeepProofAsync(ProductApplication it, string proof, CancellationToken cancellation) => stored.SaveAsync(
        it.Customer, Signatures, $"{it.Id:N}", new DocumentFile($"KK-{it.Id:N}.jws", "application/jose", System.Text.Encoding.ASCII.GetBytes(proof)), cancellation);

    public DocumentReference DocumentOf(ProductApplication it, Language language) => new(Kind, it.Id.ToString("N"), it.Customer, language);

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(document.Id, "N", out var id) || await table.FindAsync(id, cancellation) is not { } record || record.It.Customer != document.Owner || record.It.Decision?.Limit is null)
            return new DocumentNotFound();
        return (await MakeAsync(record.It, cancellation)).File;
    }

    private static string Name(ProductApplication it, string hash) => $"{it.Id:N}-{hash}";

    private byte[] Write(ProductApplication it, string name, Language language)
    {
        var (type, settings) = (CardTypes.Find(it.CardType!)!, it.Settings!);
        var approvedAt = it.Timeline.Last(step => step.State == ApplicationState.Approved).At;
        var report = reports.Begin(language.Say("Kontratë karte krediti", "Credit card contract"), $"KK-{it.Id:D}", approvedAt, language);
        report.Facts(
        [
            (language.Say("Klienti", "Customer"), $"{name} · {it.Customer.Value}"),
            (language.Say("Karta", "Card"), type.Name),
            (language.Say("Limiti i miratuar", "Approved limit"), Words.Amount(it.Decision!.Limit!)),
            (language.Say("Nxjerrja mujore", "Monthly statement"), settings.StatementPeriod == StatementPeriod.BeginningOfMonth
                ? language.Say("nga fillimi i muajit", "from the beginning of the month")
                : language.Say("deri në fund të muajit", "up to the end of the month")),
            (language.Say("Shlyerja automatike", "Automatic payment"), $"{settings.AutomaticPaymentShare} %"),
            (language.Say("Blerje në internet", "Internet purchases"), language.Say($"deri në {settings.InternetShare} % të limitit", $"up to {settings.InternetShare} % of the limit")),
            (language.Say("Interesi vjetor", "Interest a year"), FormattableString.Invariant($"{type.InterestPercent:0.00} %")),
            (language.Say("Komisioni vjetor", "Annual fee"), Words.Amount(type.AnnualFee)),
            (language.Say("Miratuar më", "Approved on"), Words.Date(approvedAt.InZone(BankTime.Tirane).Date)),
        ]);
        report.Heading(language.Say($"Kushtet, versioni {it.AcceptedTerms}", $"Terms, version {it.AcceptedTerms}"));
        foreach (var paragraph in ApplicationTerms.Read(ApplicationProduct.CreditCard, language))
            report.Paragraph(paragraph);
        return report.ToBytes();
    }
}

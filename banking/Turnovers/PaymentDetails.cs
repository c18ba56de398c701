using System.Globalization;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Turnovers;

/// <summary>The details of a payment with its unique number as a PDF (EKL-20).</summary>
public sealed class ExportPaymentDetails
{
    private readonly FindOrderedPayment find;
    private readonly DownloadLinks links;

    internal ExportPaymentDetails(FindOrderedPayment find, DownloadLinks links) => (this.find, this.links) = (find, links);

    /// <returns>A link to it; or <see cref="OrderedPaymentNotFound"/>.</returns>
    public async Task<Result<DownloadLink>> RunAsync(CustomerId customer, Guid number, Language language, CancellationToken cancellation) =>
        (await find.RunAsync(customer, number, cancellation)).Then<DownloadLink>(_ => links.Create(PaymentDetailsRenderer.DocumentOf(customer, number, language)));
}

/// <summary>Writes the details whenever they are fetched; the bytes change only with the payment's state.</summary>
internal sealed class PaymentDetailsRenderer(FindOrderedPayment find, Accounts.FindAccount accounts, PdfReports reports) : IDocumentRenderer
{
    public const string KindName = "payment_details";

    public string Kind => KindName;

    public static DocumentReference DocumentOf(CustomerId customer, Guid number, Language language) => new(KindName, number.ToString("N"), customer, language);

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(document.Id, "N", out var number))
            return new DocumentNotFound();
        var found = await find.RunAsync(document.Owner, number, cancellation);
        if (!found.IsSuccess)
            return new DocumentNotFound();

        var payment = found.Value;
        var account = await accounts.RunAsync(document.Owner, payment.From, cancellation);
        var report = reports.Begin(document.Language.Say("Detajet e pagesës", "Payment details"), number.ToString("D"), payment.OrderedAt, document.Language);
        report.Facts(Facts(payment, account.IsSuccess ? account.Value.Iban.Electronic : "", document.Language));
        return new DocumentFile($"payment-{number:D}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    private static IEnumerable<(string Label, string Value)> Facts(OrderedPayment payment, string iban, Language language)
    {
        yield return (language.Say("Numri unik i transaksionit", "Unique transaction number"), payment.Number.ToString("D"));
        yield return (language.Say("Lloji", "Kind"), payment.Kind.Replace('_', ' '));
        yield return (language.Say("Gjendja", "State"), payment.State);
        yield return (language.Say("Urdhëruar më", "Ordered"), payment.OrderedAt.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", CultureInfo.InvariantCulture));
        if (payment.Channel is { } channel)
            yield return (language.Say("Kanali", "Channel"), channel);
        yield return (language.Say("Llogaria e debituar", "Account debited"), iban);
        yield return (language.Say("Përfituesi", "Beneficiary"), payment.PayeeName);
        yield return (language.Say("Llogaria ose kodi i klientit", "Account or client code"), payment.PayeeAccount);
        if (payment.Reference is { } reference)
            yield return (language.Say("Fatura", "Invoice"), reference);
        yield return (language.Say("Shuma", "Amount"), Words.Amount(payment.Amount));
        yield return (language.Say("Komisioni", "Fee"), Words.Amount(payment.Fee));
        yield return (language.Say("Debituar gjithsej", "Debited in all"), Words.Amount(payment.Debited));
        if (payment.Description is { Length: > 0 } description)
            yield return (language.Say("Përshkrimi", "Description"), description);
    }
}

using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Receipts;

using PeoplesWords = Serverless.Banking.Notifications.Words;

namespace Serverless.Banking.History;

/// <param name="Link">To the PDF, good for 15 minutes.</param>
/// <param name="Signed">The same as a JWS that anybody can check with the bank's published keys.</param>
public sealed record OperationReceipt(DownloadLink Link, string Signed);

/// <summary>The receipt of a booked operation: a link to its PDF, and the bank's signature under what was booked (HIST-06, HIST-17).</summary>
public sealed class IssueOperationReceipt
{
    private readonly FindOperation find;
    private readonly DownloadLinks links;
    private readonly SignReceipt sign;

    internal IssueOperationReceipt(FindOperation find, DownloadLinks links, SignReceipt sign) => (this.find, this.links, this.sign) = (find, links, sign);

    /// <returns>Or, first match: <see cref="OperationNotFound"/>, <see cref="ReceiptNotAvailable"/> for what is not in the books.</returns>
    public async Task<Result<OperationReceipt>> RunAsync(CustomerId customer, string id, Language language, CancellationToken cancellation)
    {
        var found = await find.RunAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (!found.Value.HasReceipt)
            return new ReceiptNotAvailable(found.Value.Operation.State);
        var document = new DocumentReference(OperationReceiptRenderer.KindName, found.Value.Operation.Id.Value, customer, language);
        return new OperationReceipt(links.Create(document), sign.Sign(found.Value.AccountIban, found.Value.Lines));
    }
}

/// <summary>Writes receipts from the books whenever they are fetched. Nothing in them can change later, so the bytes are the same every time.</summary>
internal sealed class OperationReceiptRenderer(FindOperation find, PdfReports reports) : IDocumentRenderer
{
    public const string KindName = "operation_receipt";

    public string Kind => KindName;

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation)
    {
        var found = await find.RunAsync(document.Owner, document.Id, cancellation);
        if (!found.IsSuccess || !found.Value.HasReceipt)
            return new DocumentNotFound();

        var operation = found.Value.Operation;
        var number = $"{operation.Transaction!.Value}";
        var report = reports.Begin(Words(document.Language, "Mandat veprimi", "Receipt"), number, operation.At, document.Language);
        report.Facts(Facts(found.Value, number, document.Language));
        return new DocumentFile($"receipt-{number}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    private static IEnumerable<(string Label, string Value)> Facts(OperationDetails details, string number, Language language)
    {
        var operation = details.Operation;
        var isPaid = operation.Amount.Minor < 0;
        var (payer, payee) = (Words(language, "Paguesi", "Payer"), Words(language, "Përfituesi", "Payee"));
        var local = operation.At.InZone(BankTime.Tirane);

        yield return (Words(language, "Numri i veprimit", "Operation number"), number);
        yield return (Words(language, "Koha", "Time"), local.ToString("dd.MM.uuuu HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        yield return (Words(language, "Data e kontabilizimit", "Booked on"), PeoplesWords.Date(operation.BookedOn!.Value));
        yield return (Words(language, "Lloji", "Kind"), operation.Kind);
        yield return (isPaid ? payer : payee, details.AccountIban);
        if (operation.Counterparty is { } other)
            yield return (isPaid ? payee : payer, string.Join(", ", new[] { other.Name, other.Account }.OfType<string>()));
        yield return (Words(language, "Shuma", "Amount"), PeoplesWords.Amount(isPaid ? -operation.Amount : operation.Amount));
        yield return (Words(language, "Komisioni", "Fee"), PeoplesWords.Amount(details.Fee ?? Money.Zero(operation.Amount.Currency)));
        if (operation.Description.Length > 0)
            yield return (Words(language, "Përshkrimi", "Description"), operation.Description);
        if (operation.Reference.Length > 0)
            yield return (Words(language, "Referenca", "Reference"), operation.Reference);
    }

    private static string Words(Language language, string albanian, string english) => language == Language.English ? english : albanian;
}

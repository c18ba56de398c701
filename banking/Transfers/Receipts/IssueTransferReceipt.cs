using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Receipts;

namespace Serverless.Banking.Transfers;

/// <param name="Link">To the PDF.</param>
/// <param name="Signed">The bank's signature under what was booked on the caller's account (JWS); null when it is not booked there by one journal.</param>
public sealed record TransferReceipt(DownloadLink Link, string? Signed);

/// <summary>The receipt of a settled transfer, for saving or sharing (TRF-45).</summary>
public sealed class IssueTransferReceipt
{
    private readonly FindTransfer find;
    private readonly DownloadLinks links;
    private readonly FindEntries entries;
    private readonly SignReceipt sign;
    private readonly ReadBook books;

    internal IssueTransferReceipt(FindTransfer find, DownloadLinks links, FindEntries entries, SignReceipt sign, ReadBook books) =>
        (this.find, this.links, this.entries, this.sign, this.books) = (find, links, entries, sign, books);

    /// <returns>Or, first match: <see cref="TransferNotFound"/>, <see cref="TransferNotSettled"/>.</returns>
    public async Task<Result<TransferReceipt>> RunAsync(CustomerId customer, TransferId id, Language language, CancellationToken cancellation)
    {
        var found = await find.RunAsync(customer, id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var transfer = found.Value.Transfer;
        if (!TransferReceiptRenderer.IsSettled(transfer))
            return new TransferNotSettled(transfer.State);

        var link = links.Create(new DocumentReference(TransferReceiptRenderer.KindName, id.Value.ToString("N"), customer, language));
        var account = found.Value.IsReceived ? transfer.To.AccountId : transfer.From;
        return account is { } own && await entries.RunAsync(transfer.Transaction, own, cancellation) is { } booked
            && await books.RunAsync(own, cancellation) is { } book
                ? new TransferReceipt(link, sign.Sign(book.Iban, booked.Lines))
                : new TransferReceipt(link, null);
    }
}

/// <summary>There is a receipt when the money has reached the payee.</summary>
public sealed record TransferNotSettled(TransferState TransferState) : Conflict("transfer_not_settled");

/// <summary>Writes the receipt from the transfer whenever it is fetched; what it says never changes, so its bytes do not either.</summary>
internal sealed class TransferReceiptRenderer(FindTransfer find, PdfReports reports) : IDocumentRenderer
{
    public const string KindName = "transfer_receipt";

    public string Kind => KindName;

    /// <summary>Also one that came back later: it was settled then.</summary>
    public static bool IsSettled(Transfer transfer) => transfer.Timeline.Any(step => step.State == TransferState.Settled);

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(document.Id, "N", out var id))
            return new DocumentNotFound();
        var found = await find.RunAsync(document.Owner, new TransferId(id), cancellation);
        if (!found.IsSuccess || !IsSettled(found.Value.Transfer))
            return new DocumentNotFound();

        var transfer = found.Value.Transfer;
        var executed = transfer.Timeline.First(step => step.State == TransferState.Settled).At;
        var report = reports.Begin(document.Language.Say("Mandat transferte", "Transfer receipt"), transfer.Id.ToString(), executed, document.Language);
        report.Facts(Facts(found.Value, executed, document.Language));
        return new DocumentFile($"transfer-{transfer.Id}.pdf", DocumentFile.Pdf, report.ToBytes());
    }

    private static IEnumerable<(string Label, string Value)> Facts(TransferView view, Instant executed, Language language)
    {
        var transfer = view.Transfer;
        yield return (language.Say("Numri i transfertës", "Transfer number"), transfer.Id.ToString());
        yield return (language.Say("Ekzekutuar më", "Executed"), executed.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        yield return (language.Say("Paguesi", "Payer"), string.Join(", ", new[] { transfer.Payer.Name, transfer.Payer.Account }.OfType<string>()));
        yield return (language.Say("Përfituesi", "Beneficiary"), transfer.To.Name);
        yield return (language.Say("Llogaria e përfituesit", "Beneficiary's account"), transfer.To.Account);
        if (transfer.To.Bank?.Name is { } bank)
            yield return (language.Say("Banka e përfituesit", "Beneficiary's bank"), bank);
        yield return (language.Say("Shuma", "Amount"), Words.Amount(transfer.Amount));
        if (!view.IsReceived)
        {
            yield return (language.Say("Debituar", "Debited"), Words.Amount(transfer.Debit));
            yield return (language.Say("Komisioni", "Fee"), Words.Amount(transfer.Fee));
            if (transfer.Rate is { } rate)
                yield return (language.Say("Kursi i këmbimit", "Exchange rate"), rate.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (transfer.Description is { Length: > 0 } description)
            yield return (language.Say("Përshkrimi", "Description"), description);
    }
}

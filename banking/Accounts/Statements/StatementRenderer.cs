using Microsoft.Extensions.Options;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Accounts;

/// <summary>Makes statements when they are fetched, and reads the long ones that were made before.</summary>
internal sealed class StatementRenderer(ReadStatement read, StatementPdf pdf, StoredDocuments stored, IOptions<DocumentsOptions> options) : IDocumentRenderer
{
    /// <summary>Longer ones are made in the background (ACC-19).</summary>
    public const int LinesAtOnce = 5_000;

    public string Kind => StatementReference.Kind;

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation)
    {
        var reference = StatementReference.Parse(document.Id);
        if (reference.Span.Count > LinesAtOnce && await stored.FindAsync(document.Owner, Kind, NameOf(reference, document), cancellation) is { } made)
            return made;

        var statement = await read.RunAsync(document.Owner, reference, cancellation);
        return statement.IsSuccess ? Write(statement.Value, reference.Format, document) : new DocumentNotFound();
    }

    /// <summary>Makes a long one and keeps it; a second time changes nothing.</summary>
    /// <returns>False when there is nothing to make it from.</returns>
    public async Task<bool> MakeAsync(DocumentReference document, CancellationToken cancellation)
    {
        var reference = StatementReference.Parse(document.Id);
        if (await stored.ExistsAsync(document.Owner, Kind, NameOf(reference, document), cancellation))
            return true;
        var statement = await read.RunAsync(document.Owner, reference, cancellation);
        if (!statement.IsSuccess)
            return false;
        await stored.SaveAsync(document.Owner, Kind, NameOf(reference, document), Write(statement.Value, reference.Format, document), cancellation);
        return true;
    }

    private DocumentFile Write(AccountStatement statement, StatementFormat format, DocumentReference document) => format switch
    {
        StatementFormat.Pdf => new($"{statement.Number}.pdf", DocumentFile.Pdf, pdf.Write(statement, document.Language)),
        StatementFormat.Csv => new($"{statement.Number}.csv", "text/csv; charset=utf-8", StatementCsv.Write(statement)),
        StatementFormat.Camt053 => new($"{statement.Number}.xml", "application/xml", StatementCamt053.Write(statement, options.Value.Bic)),
        StatementFormat.Mt940 => new($"{statement.Number}.sta", "text/plain; charset=us-ascii", StatementMt940.Write(statement)),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    private static string NameOf(StatementReference reference, DocumentReference document) => $"{reference.JobId:N}-{document.Language}";
}

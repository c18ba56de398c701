namespace Serverless.Banking.Documents;

/// <summary>Gives the document that a link is for.</summary>
public sealed class DownloadDocument(DownloadLinks links, IEnumerable<IDocumentRenderer> renderers)
{
    private readonly Dictionary<string, IDocumentRenderer> byKind = renderers.ToDictionary(renderer => renderer.Kind, StringComparer.Ordinal);

    /// <returns>The file; or <see cref="LinkNotFound"/>, <see cref="LinkExpired"/>, <see cref="DocumentNotFound"/>.</returns>
    public Task<Result<DocumentFile>> RunAsync(string token, CancellationToken cancellation) => links.Open(token).Then(document => RunAsync(document, cancellation));

    /// <summary>The same for the bank's own use, such as an e-mail's attachment.</summary>
    public Task<Result<DocumentFile>> RunAsync(DocumentReference document, CancellationToken cancellation) =>
        byKind.TryGetValue(document.Kind, out var renderer)
            ? renderer.RenderAsync(document, cancellation)
            : Task.FromResult<Result<DocumentFile>>(new DocumentNotFound());
}

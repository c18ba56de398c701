namespace Serverless.Banking.Documents;

/// <summary>Makes the documents of one kind from the books whenever they are fetched, or reads those made before.</summary>
/// <remarks>A capability registers its own: <c>services.AddSingleton&lt;IDocumentRenderer, StatementRenderer&gt;()</c>.</remarks>
public interface IDocumentRenderer
{
    /// <summary>Snake case, one renderer each.</summary>
    string Kind { get; }

    /// <returns>The same bytes every time; or <see cref="DocumentNotFound"/>, also when it is not this owner's.</returns>
    Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation);
}

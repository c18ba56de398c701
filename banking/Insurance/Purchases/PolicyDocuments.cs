using Serverless.Banking.Customers;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Insurance;

/// <summary>A link to the copy of a policy (PAY-18).</summary>
public sealed class LinkPolicyDocument
{
    private readonly FindPolicy find;
    private readonly DownloadLinks links;

    internal LinkPolicyDocument(FindPolicy find, DownloadLinks links) => (this.find, this.links) = (find, links);

    /// <returns>Or, first match: <see cref="PolicyNotFound"/>, <see cref="PolicyDocumentMissing"/>.</returns>
    public async Task<Result<DownloadLink>> RunAsync(CustomerId customer, Guid id, Language language, CancellationToken cancellation) =>
        (await find.RunAsync(customer, id, cancellation)).Then<DownloadLink>(it => it.DocumentHash is not null
            ? links.Create(new DocumentReference(PolicyCourse.DocumentKind, it.Id.ToString("N"), customer, language))
            : new PolicyDocumentMissing());
}

/// <summary>Gives the insurer's own file, if it is still the one that was kept.</summary>
internal sealed class PolicyRenderer(FindPolicy find, StoredDocuments documents) : IDocumentRenderer
{
    public string Kind => PolicyCourse.DocumentKind;

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation) =>
        Guid.TryParseExact(document.Id, "N", out var id) && await find.RunAsync(document.Owner, id, cancellation) is { IsSuccess: true, Value.DocumentHash: { } hash }
        && await documents.FindAsync(document.Owner, Kind, document.Id, cancellation) is { } file && StoredDocuments.HashOf(file.Content) == hash
            ? file
            : new DocumentNotFound();
}

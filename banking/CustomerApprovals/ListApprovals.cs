using Serverless.Banking.Documents;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>A customer's approvals (NOTE-08, NOTE-09), at any time for five years.</summary>
public sealed class ListApprovals
{
    private readonly ApprovalTable table;

    internal ListApprovals(ApprovalTable table) => this.table = table;

    /// <returns>Newest first.</returns>
    public async Task<Page<Approval>> RunAsync(
        CustomerId customer, ApprovalKind? kind, ApprovalState? state, PageRequest page, CancellationToken cancellation)
    {
        List<Approval> found = [];
        await foreach (var stored in table.ListAsync(customer, kind, state, page.After, cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<Approval>(found, ApprovalKeys.Row(found[^1].Id));
            found.Add(stored.Approval);
        }

        return new Page<Approval>(found, null);
    }

    /// <returns>The approval; or <see cref="ApprovalNotFound"/>, also for somebody else's.</returns>
    public async Task<Result<Approval>> FindAsync(CustomerId customer, ApprovalId id, CancellationToken cancellation) =>
        await table.FindAsync(customer, id, cancellation) is { } stored ? stored.Approval : new ApprovalNotFound();

    /// <summary>Those that wait (NOTE-01).</summary>
    public async Task<int> CountPendingAsync(CustomerId customer, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var _ in table.ListAsync(customer, null, ApprovalState.Pending, null, cancellation))
            count++;
        return count;
    }
}

/// <summary>The file of a document among the approvals, as it was placed.</summary>
internal sealed class ApprovalDocuments(StoredDocuments files) : IDocumentRenderer
{
    public string Kind => PlaceDocument.DocumentKind;

    public async Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation) =>
        await files.FindAsync(document.Owner, Kind, document.Id, cancellation) is { } file ? file : new DocumentNotFound();
}

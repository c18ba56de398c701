using NodaTime;
using Serverless.Banking.Documents;

namespace Serverless.Banking.CustomerApprovals;

/// <param name="Process">In snake_case; <paramref name="ProcessId"/> is its own name for itself.</param>
/// <param name="Installation">On which it was signed.</param>
internal sealed record SignedDocument(CustomerId Customer, string Process, string ProcessId, string Title, DocumentFile File, Instant SignedAt, string Installation);

/// <summary>Lists a document among a customer's approvals that was signed before it could be placed there (NOTE-08): a newcomer's contracts.</summary>
/// <remarks>The file is kept first, under its hash; then the row of its erasure; then the approval with its key in one group. Nobody waits for its outcome, and nobody is told.</remarks>
internal sealed class PlaceSigned(ApprovalTable table, StoredDocuments files)
{
    public async Task RunAsync(SignedDocument signed, CancellationToken cancellation)
    {
        var hash = StoredDocuments.HashOf(signed.File.Content);
        await files.SaveAsync(signed.Customer, PlaceDocument.DocumentKind, hash, signed.File, cancellation);
        var approval = new Approval(
            ApprovalId.Of(signed.SignedAt, signed.Process, signed.ProcessId), signed.Customer, ApprovalState.Approved, signed.SignedAt, null, signed.SignedAt, signed.Installation)
        {
            Document = new ApprovalDocument(signed.Title, 1, hash, signed.Process, signed.ProcessId),
        };
        await table.RemindAsync(signed.Customer, approval.Id, [SettleApproval.EraseAt(signed.SignedAt)], cancellation);
        if (await table.AddAsync(approval, StoredApproval.KeyOf(signed.Process, signed.ProcessId), cancellation))
            await table.PassedOnAsync(approval, cancellation);
    }

    /// <summary>When the time of its keeping is over.</summary>
    public Task RemoveFileAsync(CustomerId customer, string hash, CancellationToken cancellation) => files.RemoveAsync(customer, PlaceDocument.DocumentKind, hash, cancellation);
}

using Serverless.Banking.Audit;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Identification;

/// <summary>Shows a picture of an identification to a member of staff. Who looked at which one, and why, is recorded before it is shown (ONB-32).</summary>
public sealed class ReadEvidence
{
    private readonly EvidenceStore store;
    private readonly RecordAudit audit;

    internal ReadEvidence(EvidenceStore store, RecordAudit audit) => (this.store, this.audit) = (store, audit);

    /// <param name="name">One of <see cref="VideoResult.Evidence"/>.</param>
    /// <param name="purpose">What it is looked at for: the case.</param>
    /// <returns>The picture; or <see cref="EvidenceNotFound"/>.</returns>
    public async Task<Result<DocumentFile>> RunAsync(Guid session, string name, AuditActor reader, string purpose, CancellationToken cancellation)
    {
        if (await store.FindAsync(session, name, cancellation) is not var (contentType, content))
            return new EvidenceNotFound();
        await audit.RunAsync(new AuditEvent(reader, "evidence_read", $"identification/{session:D}") { After = $"{name} for {purpose}" }, cancellation);
        return new DocumentFile($"{name}.{(contentType == "image/png" ? "png" : contentType == "image/jpeg" ? "jpg" : "bin")}", contentType, content);
    }
}

using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Identification;

/// <summary>Erases a session with its pictures when whoever asked for it may not keep it any longer (ONB-27, ONB-32).</summary>
/// <remarks>Pictures first, then the trail's record, then the row that names them: killed in between, the repeat finds what is left.</remarks>
public sealed class EraseIdentification
{
    private readonly VideoSessionTable table;
    private readonly EvidenceStore store;
    private readonly RecordAudit audit;

    internal EraseIdentification(VideoSessionTable table, EvidenceStore store, RecordAudit audit) => (this.table, this.store, this.audit) = (table, store, audit);

    /// <param name="eraser">The timer's name.</param>
    /// <returns>False when there was nothing.</returns>
    public async Task<bool> RunAsync(Guid id, string eraser, CancellationToken cancellation)
    {
        if ((await table.FindAsync(id, cancellation))?.It is not { } session)
            return false;
        foreach (var name in session.Result?.Evidence ?? [])
            await store.RemoveAsync(id, name, cancellation);
        await audit.RunAsync(
            new AuditEvent(AuditActor.Bank(eraser), "identification_erased", $"identification/{id:D}") { Id = StableGuid.Of("identification erased", id.ToString("N")) }, cancellation);
        await table.RemoveAsync(id, cancellation);
        return true;
    }
}

using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Interbank;

/// <summary>A member of staff has done what there was to do about an exception: it leaves the list.</summary>
public sealed class CloseInterbankException
{
    private readonly InterbankExceptions exceptions;
    private readonly RecordAudit audit;

    internal CloseInterbankException(InterbankExceptions exceptions, RecordAudit audit) => (this.exceptions, this.audit) = (exceptions, audit);

    /// <param name="reason">What was done; at most 500 characters. The first one is kept.</param>
    /// <returns>Done, by this call or an earlier one of the same member. Or, first match: <see cref="InterbankExceptionDone"/> by somebody else,
    /// <see cref="InterbankExceptionNotFound"/>.</returns>
    public async Task<Result<Nothing>> RunAsync(Guid id, AuditActor staff, string reason, CancellationToken cancellation)
    {
        if (await exceptions.FindAsync(id, cancellation) is not { } one)
        {
            return await exceptions.FindDoneByAsync(id, cancellation) switch
            {
                null => new InterbankExceptionNotFound(),
                { } by when by == staff.Id => default(Nothing),
                _ => new InterbankExceptionDone(),
            };
        }

        await audit.RunAsync(
            new AuditEvent(staff, "interbank_exception_done", $"interbank-exception/{id:D}")
            {
                Id = StableGuid.Of("interbank_exception_done", id.ToString("N"), one.At.ToString(), staff.Id),
                Before = $"{one.Kind} {one.Reference}",
                After = "done",
                Reason = reason,
            },
            cancellation);
        await exceptions.CloseAsync(one, staff.Id, reason, cancellation);
        return default(Nothing);
    }
}

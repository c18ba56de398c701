using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>The audit record of a customer's yes or no, once for each however often it is written.</summary>
internal sealed class DecisionTrail(RecordAudit audit)
{
    public Task RecordAsync(Approval approval, AuditActor actor, CancellationToken cancellation) => audit.RunAsync(
        new AuditEvent(actor, $"approval_{(approval.State == ApprovalState.Approved ? "approved" : "rejected")}", $"approval/{approval.Id}")
        {
            After = approval.Document is { } document ? $"version {document.Version}, {document.Hash}" : null,
            Id = StableGuid.Of("approval_decided", approval.Id.ToString()),
            At = approval.DecidedAt,
        },
        cancellation);
}

using Serverless.Banking.Audit;
using Serverless.Banking.CustomerApprovals;

namespace Serverless.Functions.CustomerApprovals;

/// <summary>Documents that staff place by hand: nothing waits for the answer but the member of staff, who finds it in the audit trail and in the approval.</summary>
public sealed class StaffDocuments(RecordAudit audit) : IApprovalProcess
{
    public const string Process = "staff_document";

    public string Kind => Process;

    public Task ResumeAsync(Approval approval, CancellationToken cancellation)
    {
        var end = approval.DecidedAt ?? approval.ExpiresAt ?? approval.CreatedAt;
        var answered = new AuditEvent(AuditActor.Bank("approvals"), "staff_document_answered", $"approval/{approval.Id}")
        {
            After = approval.State.ToString(),
            Id = new Guid(System.Security.Cryptography.SHA256.HashData(approval.Id.Value.ToByteArray()).AsSpan(0, 16)),
            At = end,
        };
        return audit.RunAsync(answered, cancellation);
    }
}

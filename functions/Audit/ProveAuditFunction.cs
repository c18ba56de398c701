using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Audit;

public sealed class ProveAuditFunction(ProveAudit prove)
{
    [Function("Audit_Prove")]
    [Access(Right.Staff, Roles = [Role.Auditor, Role.Ledger])]
    [Summary("Proves one day of the audit trail: no record was changed, removed or put in.")]
    [Query<AuditProofQuery>]
    [Answers<AuditProofResponse>(200)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/audit/proof")] HttpRequest request)
    {
        var proven = await prove.RunAsync(request.Query<AuditProofQuery>().Day, request.HttpContext.RequestAborted);
        return TypedResults.Ok(new AuditProofResponse(proven.Day, proven.Faults.Count == 0, proven.Records, proven.Faults));
    }
}

public sealed record AuditProofQuery([Description("Business date.")] LocalDate Day);

public sealed record AuditProofResponse(LocalDate Day, bool IsProven, long Records, IReadOnlyList<BookFault> Faults);

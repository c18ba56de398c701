using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Approvals;

/// <summary>Carries out what was decided: the change itself, then its trace, then its row. Each can be repeated, so whoever comes next goes on.</summary>
internal sealed class ChangeSettlement(ChangeTable changes, ChangeHandlers handlers, RecordAudit audit)
{
    /// <returns>The change as settled; or an error for which it is to be tried again.</returns>
    public async Task<Result<Change>> RunAsync(StoredChange stored, CancellationToken cancellation)
    {
        var change = stored.Change;
        if (change.State == ChangeState.Approved)
        {
            var applied = await handlers.Find(change.Kind).ApplyAsync(change, cancellation);
            if (applied is { IsSuccess: false, Error: AccountBusy or Unavailable })
            {
                return applied.Error;
            }

            change = applied.Match(
                outcome => change with { State = ChangeState.Applied, Outcome = outcome },
                error => change with { State = ChangeState.Failed, Failure = error.Code });
        }

        await audit.RunAsync(
            new AuditEvent(AuditActor.Staff(change.DecidedBy!, stored.DecidedFrom), Verb(change.State), change.Resource)
            {
                Before = change.Before,
                After = $"{change.Kind}: {change.After} (change {change.Id}){((change.Outcome ?? change.Failure) is { } came ? $": {came}" : "")}",
                Reason = change.DecisionReason,
                Id = StableGuid.Of("change_settled", change.Id.ToString()),
                At = change.DecidedAt,
            },
            cancellation);
        await changes.SettleAsync(stored, change, cancellation);
        return change;
    }

    private static string Verb(ChangeState state) => state switch
    {
        ChangeState.Applied => "change_applied",
        ChangeState.Failed => "change_failed",
        _ => "change_rejected",
    };
}

using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Partners;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>Does whatever an approval still needs: its expiry, passing its outcome on, its erasure after five years. Repeated, it does nothing more.</summary>
public sealed class SettleApproval
{
    internal const int RetentionYears = 5;

    private readonly ApprovalTable table;
    private readonly CardServerClient cardServer;
    private readonly DecisionTrail trail;
    private readonly Dictionary<string, IApprovalProcess> processes;
    private readonly TimeProvider time;

    internal SettleApproval(ApprovalTable table, CardServerClient cardServer, DecisionTrail trail, IEnumerable<IApprovalProcess> processes, TimeProvider time)
    {
        (this.table, this.cardServer, this.trail, this.time) = (table, cardServer, trail, time);
        this.processes = processes.ToDictionary(process => process.Kind, StringComparer.Ordinal);
    }

    internal static Instant EraseAt(Instant createdAt) =>
        createdAt.InZone(BankTime.Tirane).Date.PlusYears(RetentionYears).PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant();

    /// <returns>False when its outcome could not be passed on yet: ask again.</returns>
    public async Task<bool> RunAsync(CustomerId customer, ApprovalId id, CancellationToken cancellation)
    {
        while (true)
        {
            if (await table.FindAsync(customer, id, cancellation) is not { } stored)
                return true;
            var (approval, now) = (stored.Approval, Instant.FromDateTimeOffset(time.GetUtcNow()));
            if (EraseAt(approval.CreatedAt) <= now)
            {
                await table.EraseAsync(approval, stored.Key, cancellation);
                return true;
            }

            if (approval.State == ApprovalState.Pending)
            {
                if (approval.ExpiresAt is not { } end || end > now)
                    return true;

                // Lost: the customer was quicker, or a twin of this call.
                await table.ChangeAsync(stored, approval with { State = ApprovalState.Expired }, cancellation);
                continue;
            }

            if (stored.IsPassedOn)
                return true;
            if (approval.DecidedAt is not null)
                await trail.RecordAsync(approval, AuditActor.Customer(customer), cancellation);
            if (!await PassOnAsync(approval, cancellation))
                return false;
            await table.PassedOnAsync(approval, cancellation);
            return true;
        }
    }

    private async Task<bool> PassOnAsync(Approval approval, CancellationToken cancellation)
    {
        if (approval.Purchase is { } purchase)
        {
            var decision = approval.State switch
            {
                ApprovalState.Approved => "approved",
                ApprovalState.Rejected => "rejected",
                _ => purchase.IsByCode ? "code" : "timed_out",
            };
            return await cardServer.DecideAsync(purchase.TransactionId, decision, cancellation);
        }

        var document = approval.Document!;
        if (!processes.TryGetValue(document.Process, out var process))
            throw new InvalidOperationException($"Nobody runs processes '{document.Process}'.");
        await process.ResumeAsync(approval, cancellation);
        return true;
    }
}

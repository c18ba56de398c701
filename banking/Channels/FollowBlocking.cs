using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Channels;

/// <summary>Does what follows a blocking; whatever is left of it after a crash, the sweep does.</summary>
internal sealed class FollowBlocking(ChannelTable table, IEnumerable<IChannelBlockedFollowUp> followUps, RecordAudit audit)
{
    public async Task RunAsync(BlockedChannel blocked, CancellationToken cancellation)
    {
        await audit.RunAsync(
            new AuditEvent(
                blocked.Kind == ChannelEventKind.VerificationExpired ? AuditActor.Bank(blocked.By) : AuditActor.Staff(blocked.By, blocked.Origin),
                "channel_blocked", $"customer/{blocked.Customer.Value}/channel")
            {
                Id = StableGuid.Of("channel_blocked", blocked.Customer.Value, $"{blocked.At.ToUnixTimeTicks()}"),
                At = blocked.At,
                After = $"{blocked.Kind}",
                Reason = blocked.Reason,
            },
            cancellation);
        foreach (var followUp in followUps)
            await followUp.RunAsync(blocked, cancellation);
        await table.EndAsync(blocked, cancellation);
    }
}

using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="IdentifiedBy">How staff made sure who asks; at most 100 characters.</param>
/// <param name="Reason">At most 500 characters.</param>
public sealed record EKlikBlockOrder(UserName Name, string IdentifiedBy, string Reason);

/// <summary>Blocks a user at the customer's request; the sessions, the reset link and an activation under way end at once (EKL-09).</summary>
/// <remarks>One write blocks and takes the links away; then the sessions, the trail and the notices. Killed in between, its repeat does the rest.</remarks>
public sealed class BlockEKlikUser
{
    private readonly EKlikTable table;
    private readonly EKlikSessions sessions;
    private readonly RecordAudit audit;
    private readonly EKlikNotices notices;

    internal BlockEKlikUser(EKlikTable table, EKlikSessions sessions, RecordAudit audit, EKlikNotices notices) =>
        (this.table, this.sessions, this.audit, this.notices) = (table, sessions, audit, notices);

    /// <returns>The user, blocked; as it was when it had been blocked so before. Or <see cref="EKlikUserNotFound"/>.</returns>
    public async Task<Result<EKlikUser>> RunAsync(EKlikBlockOrder order, AuditActor officer, CancellationToken cancellation)
    {
        var blocked = await table.DecideAsync<EKlikRow>(
            order.Name, (row, now) => row.Blocking == EKlikBlocking.Requested ? new(row, row) : Block(row, now), cancellation);
        if (!blocked.IsSuccess)
            return blocked.Error;
        var (user, at) = (blocked.Value, blocked.Value.BlockedAt!.Value);
        await sessions.EndAsync(user.Customer, order.Name, SessionEnding.LockedByStaff);
        await audit.RunAsync(
            new AuditEvent(officer, "eklik_blocked", $"customer/{user.Customer.Value}")
            {
                After = $"user {user.Name} blocked, identified by {order.IdentifiedBy}",
                Reason = order.Reason,
                Id = StableGuid.Of("eklik_blocked", user.Name, $"{at.ToUnixTimeTicks()}"),
                At = at,
            },
            CancellationToken.None);
        await notices.TellAsync(user.Customer, order.Name, NoticeKind.EKlikBlocked, $"blocked|{at.ToUnixTimeTicks()}", at, CancellationToken.None);
        return user.ToUser();
    }

    private static EKlikDecision<EKlikRow> Block(EKlikRow row, Instant now)
    {
        var blocked = row.Block(EKlikBlocking.Requested, now);
        return new(blocked, blocked);
    }
}

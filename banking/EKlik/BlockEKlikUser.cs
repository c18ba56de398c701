using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="IdentifiedBy">How staff made sure who asks; at most 100 characters.</param>
/// <param name="Reason">At most 500 characters.</param>
public sealed record EKlikBlockOrder(UserName Name, string IdentifiedBy, string Reason);

/// <summary>Blocks a user at the customer's request; the sessions, the reset link and an activation under way end at once (EKL-09).</summary>
/// <remarks>One group blocks, takes the links away and says what follows: the sessions, the trail and the notices.</remarks>
public sealed class BlockEKlikUser
{
    private readonly EKlikChanges changes;

    internal BlockEKlikUser(EKlikChanges changes) => this.changes = changes;

    /// <returns>The user, blocked; as it was when it had been blocked so before. Or <see cref="EKlikUserNotFound"/>.</returns>
    public async Task<Result<EKlikUser>> RunAsync(EKlikBlockOrder order, AuditActor officer, CancellationToken cancellation)
    {
        var blocked = await changes.RunAsync<EKlikRow>(
            order.Name, (row, now) => Decide(row.Blocking == EKlikBlocking.Requested ? row : row.Block(EKlikBlocking.Requested, now), order, officer), cancellation);
        return blocked.Then<EKlikUser>(user => user.ToUser());
    }

    private static EKlikDecision<EKlikRow> Decide(EKlikRow blocked, EKlikBlockOrder order, AuditActor officer) =>
        new(blocked, blocked) { Follows = FollowUpOf(blocked, blocked.BlockedAt!.Value, order, officer) };

    private static OutboxRow FollowUpOf(EKlikRow user, Instant at, EKlikBlockOrder order, AuditActor officer) => FollowEKlikChange.RowOf(
        user, $"blocked|{at.ToUnixTimeTicks()}", at, NoticeKind.EKlikBlocked,
        new AuditEvent(officer, "eklik_blocked", $"customer/{user.Customer.Value}")
        {
            After = $"user {user.Name} blocked, identified by {order.IdentifiedBy}",
            Reason = order.Reason,
            Id = StableGuid.Of("eklik_blocked", user.Name, $"{at.ToUnixTimeTicks()}"),
            At = at,
        },
        SessionEnding.LockedByStaff);
}

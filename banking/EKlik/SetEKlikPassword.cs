using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <summary>Gives a user a password, once per order; one group with it says what follows: sessions, trail, notices.</summary>
internal sealed class SetEKlikPassword(EKlikTable table, EKlikChanges changes, IPasswordWork work)
{
    private const int TriesAtMost = 8;

    /// <param name="order">Names the change; made from the client's idempotency key, so that nobody else can ask whether a password is the one that was set.</param>
    /// <param name="action">For the trail.</param>
    /// <param name="allow">Looks at the row whether the password may be set now, and uses up what allows it.</param>
    /// <param name="field">JSON pointer of the password.</param>
    /// <param name="unknown">What a name is told that is nobody's.</param>
    /// <returns>The user. Or, first match: <see cref="InvalidInput"/> with every rule of <see cref="EKlikPasswordRules"/> that is not met, what <paramref name="allow"/> says,
    /// <see cref="LoginBusy"/>, <see cref="IdempotencyKeyReused"/> (the order set another password).</returns>
    public async Task<Result<EKlikRow>> RunAsync(
        UserName name, string password, string field, string order, string action, Func<EKlikRow, Instant, Result<EKlikRow>> allow, Error unknown,
        CancellationToken cancellation)
    {
        if (EKlikPasswordRules.Check(password, field) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var composed = EKlikPasswordRules.Composed(password);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(name, cancellation) is not { } row)
                return unknown;
            if (row.PasswordOrder == order && row.Blocking is null)
            {
                var same = await work.CompareAsync(row.Password, composed, cancellation);
                if (!same.IsSuccess)
                    return same.Error;
                if (same.Value == PasswordMatch.No)
                    return new IdempotencyKeyReused();
                await changes.FinishAsync(FollowUpOf(row, order, action));
                return row;
            }

            if (allow(row, table.Now) is { IsSuccess: false } refused)
                return refused;
            var hashed = await work.HashAsync(composed, cancellation);
            if (!hashed.IsSuccess)
                return hashed.Error;
            var set = await changes.RunAsync<EKlikRow?>(
                name,
                (now, at) => now.PasswordOrder == order ? new(now, (EKlikRow?)null) : Decide(now, allow(now, at), hashed.Value, order, action, at),
                cancellation);
            if (!set.IsSuccess)
                return set.Error;
            if (set.Value is { } done)
                return done;
        }

        throw new InvalidOperationException("The user's password is being changed too often at the same moment.");
    }

    private static EKlikDecision<EKlikRow?> Decide(EKlikRow row, Result<EKlikRow> allowed, string password, string order, string action, Instant now)
    {
        if (!allowed.IsSuccess)
            return new(row, allowed.Error);
        var after = allowed.Value with { Password = password, PasswordSetAt = now, PasswordOrder = order, PasswordTries = 0 };
        return new(after, after) { Follows = FollowUpOf(after, order, action) };
    }

    private static OutboxRow FollowUpOf(EKlikRow row, string order, string action) => FollowEKlikChange.RowOf(
        row, order, row.PasswordSetAt!.Value, NoticeKind.EKlikPasswordSet,
        new AuditEvent(AuditActor.Customer(row.Customer, SessionChannel.EKlik.Code()), action, $"customer/{row.Customer.Value}")
        {
            After = $"user {row.Name}",
            Id = StableGuid.Of(action, row.Name, order),
            At = row.PasswordSetAt,
        },
        SessionEnding.PasswordChanged);
}

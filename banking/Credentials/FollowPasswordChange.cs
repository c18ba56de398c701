using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <param name="Keep">The session in which it was changed.</param>
/// <param name="Order">Keyed hash.</param>
internal sealed record ChangedPassword(CustomerId Customer, PasswordChangeReason Reason, AuditActor Actor, string? Keep, string Order, Instant At);

/// <summary>What follows another password: locks, sessions, trail, notices (AUTH-16, AUTH-27).</summary>
internal sealed class FollowPasswordChange(LockoutTable lockouts, EndSessions end, RecordAudit audit, SecurityNotices notices) : IFollowUp
{
    public const string Name = "password_changed";

    public string Kind => Name;

    public static OutboxRow RowOf(ChangedPassword changed) => OutboxRow.Of(
        CredentialKeys.Table, CredentialKeys.Partition(changed.Customer), Name, StableGuid.Of(Name, changed.Customer.Value, changed.Order), changed);

    public async Task RunAsync(string content)
    {
        var changed = StoredJson.Read<ChangedPassword>(content);
        var isRecovery = changed.Reason == PasswordChangeReason.Recovered;
        if (isRecovery)
            await lockouts.ChangeAsync(changed.Customer, (now, _) => now == Lockout.None ? now : Lockout.None, CancellationToken.None);
        await end.RunAsync(changed.Customer, SessionEnding.PasswordChanged, SessionId.Find(changed.Keep), null, CancellationToken.None);
        await audit.RunAsync(
            new AuditEvent(changed.Actor, isRecovery ? "password_recovered" : Name, $"customer/{changed.Customer.Value}")
            {
                Id = StableGuid.Of(Name, changed.Customer.Value, changed.Order),
                At = changed.At,
            },
            CancellationToken.None);
        await notices.TellAsync(changed.Customer, NoticeKind.PasswordChanged, $"password|{changed.Order}", changed.At, CancellationToken.None);
    }
}

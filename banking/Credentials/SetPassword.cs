using Azure.Data.Tables;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Credentials;

/// <summary>Gives a registered customer another password, for the app and the Internet Branch alike (AUTH-16 to AUTH-20, AUTH-26, AUTH-27).</summary>
/// <remarks>
/// One group writes the password, its history and the use of the unique code; whoever asked must have proven before that he may. What follows (locks, sessions, trail,
/// notices) is done again by a repetition of the same order, so killed anywhere, its repeat completes it.
/// </remarks>
public sealed class SetPassword
{
    private const int TriesAtMost = 8;

    private readonly UserTable users;
    private readonly UniqueCodeTable codes;
    private readonly LockoutTable lockouts;
    private readonly IPasswordWork work;
    private readonly FindContactDetails contacts;
    private readonly EndSessions end;
    private readonly RecordAudit audit;
    private readonly SecurityNotices notices;
    private readonly KeyedHash hash;

    internal SetPassword(
        UserTable users, UniqueCodeTable codes, LockoutTable lockouts, IPasswordWork work, FindContactDetails contacts, EndSessions end, RecordAudit audit,
        SecurityNotices notices, KeyedHash hash) =>
        (this.users, this.codes, this.lockouts, this.work, this.contacts, this.end, this.audit, this.notices, this.hash) =
            (users, codes, lockouts, work, contacts, end, audit, notices, hash);

    /// <returns>
    /// Or, first match: <see cref="NotRegistered"/>, <see cref="InvalidInput"/> with every broken rule of <see cref="PasswordRules"/>, <see cref="LoginBusy"/>,
    /// <see cref="PasswordReused"/>, <see cref="CodeUsed"/>, <see cref="CodeExpired"/>, <see cref="IdempotencyKeyReused"/> (the order set another password).
    /// </returns>
    public async Task<Result<User>> RunAsync(PasswordChange change, CancellationToken cancellation)
    {
        var order = hash.Of("password-change", change.Order);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await users.FindAsync(change.Customer, cancellation) is not { } user)
                return new NotRegistered();
            if (user.LastChange == order)
            {
                var same = await work.CompareAsync(user.Password, change.Password, cancellation);
                return !same.IsSuccess ? same.Error
                    : same.Value == PasswordMatch.No ? new IdempotencyKeyReused()
                    : await FollowAsync(change, user, order);
            }

            var bornOn = PersonalNumber.Find((await contacts.RunAsync(change.Customer, cancellation))?.PersonalNumber)?.FindBirthDate();
            if (PasswordRules.Check(change.Password, bornOn, change.Field) is { Count: > 0 } faults)
                return new InvalidInput(faults);
            foreach (var former in user.LastFive)
            {
                var match = await work.CompareAsync(former, change.Password, cancellation);
                if (!match.IsSuccess)
                    return match.Error;
                if (match.Value != PasswordMatch.No)
                    return new PasswordReused(change.Field);
            }

            var used = await UseAsync(change, cancellation);
            if (!used.IsSuccess)
                return used.Error;
            var hashed = await work.HashAsync(change.Password, cancellation);
            if (!hashed.IsSuccess)
                return hashed.Error;
            var changed = user.WithPassword(hashed.Value, lockouts.Now, order, change.Reason == PasswordChangeReason.Recovered);
            if (await users.TryWriteAsync(changed, used.Value, cancellation))
                return await FollowAsync(change, changed, order);
        }

        throw new InvalidOperationException("The customer's password is being changed too often at the same moment.");
    }

    private async Task<Result<TableTransactionAction[]>> UseAsync(PasswordChange change, CancellationToken cancellation)
    {
        if (change.Using is not { } id)
            return Array.Empty<TableTransactionAction>();
        var code = await codes.FindAsync(CredentialKeys.Partition(change.Customer), cancellation);
        return code is null || code.Id != id || code.State != UniqueCodeState.Valid ? new CodeUsed()
            : code.ExpiresAt <= lockouts.Now ? new CodeExpired()
            : new[] { code.Use() };
    }

    /// <summary>To its end, also when the customer has hung up.</summary>
    private async Task<User> FollowAsync(PasswordChange change, UserRow user, string order)
    {
        if (change.Reason == PasswordChangeReason.Recovered)
            await lockouts.ChangeAsync(change.Customer, (now, _) => now == Lockout.None ? now : Lockout.None, CancellationToken.None);
        await end.RunAsync(change.Customer, SessionEnding.PasswordChanged, change.Keep, null, CancellationToken.None);
        await audit.RunAsync(
            new AuditEvent(change.Actor, change.Reason == PasswordChangeReason.Recovered ? "password_recovered" : "password_changed", $"customer/{change.Customer.Value}")
            {
                Id = StableGuid.Of("password_changed", change.Customer.Value, order),
                At = user.PasswordSetAt,
            },
            CancellationToken.None);
        await notices.TellAsync(change.Customer, NoticeKind.PasswordChanged, $"password|{order}", user.PasswordSetAt, CancellationToken.None);
        return user.ToUser();
    }
}
